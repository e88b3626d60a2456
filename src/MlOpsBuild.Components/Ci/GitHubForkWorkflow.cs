namespace MlOpsBuild.Components.Ci;

/// <summary>
/// The second workflow: a fork's build may write nothing, so that its report is published by the delivered branch's code, from the files
/// that the fork's build uploaded. It never checks out the fork.
/// </summary>
internal static class GitHubForkWorkflow
{
    public const string Name = "mlops-report";

    public static GitHubFile Of(CiPlan plan, CiJob reporting) =>
        new(Name, [Job(plan.Settings, reporting, plan.IsSpread(reporting))]) { After = GitHubWorkflow.Name };

    private static GitHubJob Job(GeneratedCiAttribute settings, CiJob reporting, bool spread) => GitHubJob.Of(
        settings, "report",
        [
            GitHubSteps.Checkout, GitHubSteps.SetUp, GitHubSteps.DownloadReport(reporting.Name, CiPlan.Incoming, spread),
            new()
            {
                Name = "report", If = "steps.download.outcome == 'success'", Run = CiPlan.ReportCommand,
                Environment = [GitHubSteps.Token]
            },
        ]) with
    {
        If =
            "github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.head_repository.full_name != github.repository",
        Rights = [new("contents", "read"), new("actions", "read", "the files that the other run uploaded"), new("pull-requests", "write")],
    };
}
