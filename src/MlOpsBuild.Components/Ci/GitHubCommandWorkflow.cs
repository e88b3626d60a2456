using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Components.Ci;

/// <summary>
/// Commands in comments on pull requests. The delivered branch's code runs, never the pull request's; whether the author may give
/// commands is asked of the host before anything is done.
/// </summary>
internal static class GitHubCommandWorkflow
{
    public const string Name = "mlops-commands";

    public static string Text(CiPlan plan) => string.Concat(
        $$$"""
        name: {{{Name}}}

        on:
          issue_comment:
            types: [created]

        permissions:
          contents: read

        jobs:
          command:
            if: github.event.issue.pull_request && startsWith(github.event.comment.body, '/mlops ')

        """,
        GitHubSteps.Machine(plan.Settings),
        """
            permissions:
              contents: write # the team's state, on a branch of its own
              pull-requests: write
              checks: write
            steps:

        """,
        GitHubSteps.CheckoutHistory,
        GitHubSteps.SetUp,
        GitHubSteps.Cache,
        GitHubSteps.Run("read the command", $"./build.sh {nameof(ITakeCommands.ReadCommand)}", [GitHubSteps.Token], id: "command"),
        GitHubSteps.Run(CommentCommand.Retrain, $"./build.sh {plan.Retrains}", [GitHubSteps.Remote(plan.Settings), GitHubSteps.Token], If(CommentCommand.Retrain)),
        plan.Jobs.Any(job => job.Name == CommentCommand.Rollback)
            ? GitHubSteps.Run(CommentCommand.Rollback, $"./build.sh {nameof(IRollBack.Rollback)}", [GitHubSteps.Remote(plan.Settings), GitHubSteps.Token, ("MLOPS_REASON", "${{ steps.command.outputs.reason }}")], If(CommentCommand.Rollback))
            : "",
        GitHubSteps.UploadReport(CommentCommand.Retrain));

    private static string If(string action) => $"steps.command.outputs.action == '{action}'";
}
