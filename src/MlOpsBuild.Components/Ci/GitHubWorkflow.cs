namespace MlOpsBuild.Components.Ci;

/// <summary>A build as a GitHub Actions workflow.</summary>
internal static class GitHubWorkflow
{
    public const string Name = "mlops";

    public static GitHubFile Of(CiPlan plan)
    {
        var manual = plan.Jobs.Where(job => job.When == CiTrigger.Person).ToList();
        var jobs = plan.Matrix.Count == 0
            ? plan.Jobs.Select(job => Job(plan.Settings, job))
            : GitHubMatrix.Of(plan, job => Job(plan.Settings, job));
        return new(Name, [.. jobs])
        {
            Branch = plan.Settings.Branch,
            Schedules = [.. new[] { plan.Settings.Schedule, plan.Settings.MonitorSchedule }.OfType<string>()],
            Manual = manual,
            Note = "A newer push ends the check of an older one; what delivers is never cut short, and a rollback waits for no deployment.",
            Group = "mlops-${{ github.ref }}-${{ github.event_name }}" + (manual.Count > 0 ? "-${{ inputs.action }}" : ""),
        };
    }

    private static GitHubJob Job(GeneratedCiAttribute settings, CiJob job)
    {
        var run = new GitHubStep
        {
            Name = job.Name, Run = job.Command,
            Environment =
            [
                GitHubSteps.Remote(settings), GitHubSteps.Token, .. job.Switches(settings).Select(name => GitHubValue.Of(name, "true")),
                .. job.Input == null ? Array.Empty<GitHubValue>() : [new(job.Variable, $"${{{{ inputs.{job.Input} }}}}")],
                .. job.IsOfRequest ? [] : GitHubSteps.Signing(settings),
            ],
        };
        return GitHubJob.Of(
            settings, job.Name,
            [
                GitHubSteps.CheckoutHistory, GitHubSteps.SetUp, GitHubSteps.Cache,
                .. job.Needs is { } before ? (GitHubStep[])[GitHubSteps.TakeOver(before)] : [],
                run,
                .. job.HandsOver ? (GitHubStep[])[GitHubSteps.HandOver(job.Name)] : [],
                .. job.Reports ? (GitHubStep[])[GitHubSteps.UploadReport(job.Name)] : [],
            ],
            job.Delivers) with { Needs = job.Needs, If = Condition(settings, job), Rights = [.. Rights(job)] };
    }

    // Whoever opens a pull request writes no state: what a stranger's code says decides nothing.
    private static IEnumerable<GitHubValue> Rights(CiJob job)
    {
        var ofRequest = job.IsOfRequest;
        yield return ofRequest ? new("contents", "read") : new("contents", "write", "the team's state, on a branch of its own");
        if (job.When == CiTrigger.Watch)
        {
            yield return new("issues", "write", "alerts");
        }

        if (job.Reports && (ofRequest || job.When == CiTrigger.Watch))
        {
            yield return new("pull-requests", "write");
        }

        if (job.Reports)
        {
            yield return new("checks", "write");
        }

        if (job.Delivers && job.When != CiTrigger.Watch)
        {
            yield return new("deployments", "write");
        }
    }

    private static string Condition(GeneratedCiAttribute settings, CiJob job) => (job.When, settings.MonitorSchedule) switch
    {
        (CiTrigger.Request, _) => "github.event_name == 'pull_request'",
        (CiTrigger.Branch, null) => "github.event_name == 'push' || github.event_name == 'schedule'",
        (CiTrigger.Branch, var watch) =>
            $"github.event_name == 'push' || (github.event_name == 'schedule' && github.event.schedule != '{watch}')",
        (CiTrigger.Change, null) => "github.event_name != 'workflow_dispatch'",
        (CiTrigger.Change, var watch) => $"github.event_name != 'workflow_dispatch' && github.event.schedule != '{watch}'",
        (CiTrigger.Watch, var watch) => $"github.event_name == 'schedule' && github.event.schedule == '{watch}'",
        _ => $"github.event_name == 'workflow_dispatch' && inputs.action == '{job.Name}'",
    };
}
