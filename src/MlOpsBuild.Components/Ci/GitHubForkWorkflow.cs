namespace MlOpsBuild.Components.Ci;

/// <summary>
/// The second workflow: a fork's build may write nothing, so that its report is published by the delivered branch's code, from the files
/// that the fork's build uploaded. It never checks out the fork.
/// </summary>
internal static class GitHubForkWorkflow
{
    public const string Name = "mlops-report";

    private const string Folder = ".mlops/incoming";

    public static string Text(CiPlan plan, CiJob reporting) => string.Concat(
        $$$"""
        name: {{{Name}}}

        on:
          workflow_run:
            workflows: [{{{GitHubWorkflow.Name}}}]
            types: [completed]

        permissions:
          contents: read

        jobs:
          report:
            if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.head_repository.full_name != github.repository

        """,
        GitHubSteps.Machine(plan.Settings),
        """
            permissions:
              contents: read
              actions: read # the files that the other run uploaded
              pull-requests: write
            steps:

        """,
        GitHubSteps.Checkout,
        GitHubSteps.SetUp,
        GitHubSteps.DownloadReport(reporting.Name, Folder),
        GitHubSteps.Run("report", $"./build.sh {nameof(IReport.Report)} --from {Folder}", [GitHubSteps.Token], condition: "steps.download.outcome == 'success'"));
}
