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
        $$$"""
            permissions:
              contents: write # the team's state, on a branch of its own
              pull-requests: write
              checks: write
        {{{(RollsBack(plan) ? "    outputs:\n      action: ${{ steps.command.outputs.action }}\n      reason: ${{ steps.command.outputs.reason }}\n" : "")}}}    steps:

        """,
        GitHubSteps.CheckoutHistory,
        GitHubSteps.SetUp,
        GitHubSteps.Cache,
        GitHubSteps.Run("read the command", $"./build.sh {nameof(ITakeCommands.ReadCommand)}", [GitHubSteps.Token], id: "command"),
        GitHubSteps.Run(CommentCommand.Retrain, $"./build.sh {plan.Retrains}", [GitHubSteps.Remote(plan.Settings), GitHubSteps.Token], If(CommentCommand.Retrain)),
        GitHubSteps.UploadReport(CommentCommand.Retrain),
        RollsBack(plan) ? Rollback(plan) : "");

    // On the machine that serves, and only after the host said that the author may.
    private static string Rollback(CiPlan plan) => string.Concat(
        $$$"""

          {{{CommentCommand.Rollback}}}:
            needs: command
            if: needs.command.outputs.action == '{{{CommentCommand.Rollback}}}'

        """,
        GitHubSteps.Machine(plan.Settings, delivers: true),
        """
            permissions:
              contents: write # the team's state, on a branch of its own
              deployments: write
            steps:

        """,
        GitHubSteps.CheckoutHistory,
        GitHubSteps.SetUp,
        GitHubSteps.Cache,
        GitHubSteps.Run(
            CommentCommand.Rollback, $"./build.sh {nameof(IRollBack.Rollback)}", [GitHubSteps.Remote(plan.Settings), GitHubSteps.Token, ("MLOPS_REASON", "${{ needs.command.outputs.reason }}")]));

    private static bool RollsBack(CiPlan plan) => plan.Jobs.Any(job => job.Name == CommentCommand.Rollback);

    private static string If(string action) => $"steps.command.outputs.action == '{action}'";
}
