using MlOpsBuild.Rendering;

namespace MlOpsBuild.Components.Ci;

/// <summary>
/// A build as pipelines of CircleCI: one for what is pushed, one for each thing that a person or a schedule starts by a parameter.
/// </summary>
internal static class CircleCiPipeline
{
    public const string Path = ".circleci/config.yml";

    private static readonly string Template = EmbeddedText.Read(typeof(CircleCiPipeline).Assembly, "circleci.yml.sbn");

    public static string Text(CiPlan plan)
    {
        var own = CiServers.IsOwn(plan.Settings.Runner) ? plan.Settings.Runner : null;
        var started = plan.Jobs.Where(job => job.Delivers).ToList();
        return new ScribanRenderer(TextFormat.Yaml).Render(Template, new
        {
            plan.Settings, Started = started,
            Inputs = CiServers.Manual(plan).Select(job => new { job.Input, job.Name }).ToList(),
            Jobs = plan.Jobs.Select(job => new
            {
                job.Name, job.HandsOver, job.Reports, Command = CiServers.CommandOf(plan, job), TakesOver = job.Needs,
                Own = job.Delivers ? plan.Settings.DeliveryRunner : own,
                job.Input, Variable = job.Input == null ? null : job.Variable,
                Switches = CiServers.SwitchesOf(plan, job), IsSpread = plan.IsSpread(job), IsCollected = job == plan.Collected,
            }).ToList(),
            Pushed = plan.Jobs.Where(job => !job.Delivers).Select(job => new
            {
                job.Name, job.Needs, Ignores = job.When == CiTrigger.Request, Only = job.When == CiTrigger.Branch,
                Context = job.IsOfRequest ? null : plan.Settings.SigningSecret, Pipelines = plan.PipelinesOf(job),
            }).ToList(),
            Collected = plan.Collected?.Name, CiPlan.Incoming, CiPlan.ReportCommand,
            ReportOwn = own,
        });
    }
}
