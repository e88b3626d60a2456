using MlOpsBuild.Rendering;

namespace MlOpsBuild.Components.Ci;

/// <summary>A build as a GitLab pipeline. Reports reach a merge request without any token, as JUnit.</summary>
internal static class GitLabPipeline
{
    private static readonly string Template = EmbeddedText.Read(typeof(GitLabPipeline).Assembly, "gitlab-ci.yml.sbn");

    public static string Text(CiPlan plan) => new ScribanRenderer(TextFormat.Yaml).Render(Template, new
    {
        plan.Settings,
        Stages = plan.Jobs.Select(job => job.Stage).Concat(plan.Collected == null ? [] : (string[])["report"]).Distinct().ToList(),
        Report = plan.Collected?.Name,
        Jobs = plan.Jobs.Select(job => new
        {
            job.Name, job.Stage, job.Needs, job.Delivers, job.Reports, job.HandsOver, job.Command,
            OnRequests = job.When is CiTrigger.Request or CiTrigger.Change,
            OnBranch = job.When is CiTrigger.Branch or CiTrigger.Change or CiTrigger.Person, OnWatch = job.When == CiTrigger.Watch,
            ByHand = job.When == CiTrigger.Person,
            Variable = job.Input == null ? null : job.Variable,
            Switches = job.Switches(plan.Settings).ToList(),
            Pipelines = plan.PipelinesOf(job),
        }).ToList(),
    });
}
