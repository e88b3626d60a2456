using System.Globalization;
using System.Text;

namespace MlOpsBuild.Components.Ci;

/// <summary>A build as a GitLab pipeline. Reports reach a merge request without any token, as JUnit.</summary>
internal static class GitLabPipeline
{
    public static string Text(CiPlan plan)
    {
        var settings = plan.Settings;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            workflow:
              rules:
                - if: $CI_PIPELINE_SOURCE == "merge_request_event"
                - if: $CI_COMMIT_BRANCH == {Yaml.Quoted(settings.Branch)}

            default:
              interruptible: false
              timeout: {settings.TimeoutMinutes} minutes
              cache:
                key: mlops-blobs
                paths: [.mlops/blobs]

            """);
        if (settings.Container is { } container)
        {
            text.Append(CultureInfo.InvariantCulture, $"  image: {Yaml.Quoted(container)}\n");
        }

        if (settings.Runner is { } runner)
        {
            text.Append(CultureInfo.InvariantCulture, $"  tags: [{Yaml.Quoted(runner)}]\n");
        }

        text.Append(settings.Schedule is { } schedule ? $"\n# The schedule {schedule} is set by hand: CI/CD → Schedules, for the branch {settings.Branch}.\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"\nvariables:\n  GIT_DEPTH: \"0\" # the report names the commit a change starts from\n  MLOPS_REMOTE: {Yaml.Quoted(settings.Remote)}\n\nstages: [{string.Join(", ", plan.Jobs.Select(job => job.Stage).Distinct())}]\n\n");
        foreach (var job in plan.Jobs)
        {
            Job(text, settings, job);
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Job(StringBuilder text, GeneratedCiAttribute settings, CiJob job)
    {
        text.Append(CultureInfo.InvariantCulture, $"{job.Name}:\n  stage: {job.Stage}\n");
        text.Append(job.Delivers ? $"  tags: [{Yaml.Quoted(settings.DeliveryRunner!)}]\n" : "");
        text.Append(job.Needs == null ? "" : $"  needs: [{job.Needs}]\n");
        text.Append(CultureInfo.InvariantCulture, $"  rules:\n{string.Concat(Conditions(settings, job).Select(condition => $"    - if: {condition}\n"))}");
        if (job.When == CiTrigger.Person)
        {
            text.Append(CultureInfo.InvariantCulture, $"      when: manual\n      allow_failure: true\n");
        }

        List<string> variables =
        [
            .. job.Input == null ? Array.Empty<string>() : [$"{job.Variable}: \"\" # given when the job is started by hand"],
            .. job.Switches(settings).Select(name => $"{name}: \"true\""),
        ];
        text.Append(variables.Count > 0 ? "  variables:\n" : "").Append(string.Concat(variables.Select(variable => $"    {variable}\n")));

        text.Append(CultureInfo.InvariantCulture, $"  script:\n    - {job.Command}\n");
        if (job.Reports || job.HandsOver)
        {
            text.Append(CultureInfo.InvariantCulture, $"  artifacts:\n{(job.Reports ? "    when: always\n" : "")}    paths: [{(job.HandsOver ? ".mlops/" : ".mlops/reports/")}]\n");
            text.Append(job.Reports ? "    reports:\n      junit: .mlops/reports/*/report.junit.xml\n" : "");
            text.Append(job.HandsOver ? "    access: developer # the data are in it\n    expire_in: 1 week\n" : "");
        }

        text.Append('\n');
    }

    private static IEnumerable<string> Conditions(GeneratedCiAttribute settings, CiJob job) =>
    [
        .. job.When is CiTrigger.Request or CiTrigger.Change ? ["$CI_PIPELINE_SOURCE == \"merge_request_event\""] : Array.Empty<string>(),
        .. job.When == CiTrigger.Request ? Array.Empty<string>() : [$"$CI_COMMIT_BRANCH == {Yaml.Quoted(settings.Branch)}"],
    ];
}
