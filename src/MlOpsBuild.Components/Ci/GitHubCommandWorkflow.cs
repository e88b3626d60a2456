using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Components.Ci;

/// <summary>
/// Commands in comments on pull requests. The delivered branch's code runs, never the pull request's; whether the author may give
/// commands is asked of the host before anything is done.
/// </summary>
internal static class GitHubCommandWorkflow
{
    public const string Name = "mlops-commands";

    private static readonly GitHubValue WritesState = new("contents", "write", "the team's state, on a branch of its own");

    public static GitHubFile Of(CiPlan plan) =>
        new(Name, RollsBack(plan) ? [Read(plan), Rollback(plan.Settings)] : [Read(plan)]) { OnComments = true };

    private static GitHubJob Read(CiPlan plan) => GitHubJob.Of(
        plan.Settings, "command",
        [
            GitHubSteps.CheckoutHistory, GitHubSteps.SetUp, GitHubSteps.Cache,
            new()
            {
                Name = "read the command", Id = "command", Run = $"./build.sh {nameof(ITakeCommands.ReadCommand)}",
                Environment = [GitHubSteps.Token]
            },
            new()
            {
                Name = CommentCommand.Retrain, If = $"steps.command.outputs.action == '{CommentCommand.Retrain}'",
                Run = $"./build.sh {plan.Retrains}",
                Environment = [.. GitHubSteps.Writing(plan.Settings)],
            },
            GitHubSteps.UploadReport(CommentCommand.Retrain),
            .. plan.Approves ? [Approve(plan)] : Array.Empty<GitHubStep>(),
        ]) with
    {
        If = "github.event.issue.pull_request && startsWith(github.event.comment.body, '/mlops ')",
        Rights = [WritesState, new("pull-requests", "write"), new("checks", "write")],
        Outputs = RollsBack(plan)
            ? [new("action", "${{ steps.command.outputs.action }}"), new("reason", "${{ steps.command.outputs.reason }}")]
            : [],
    };

    // What people write reaches the build as values of variables, never as part of a command.
    private static GitHubStep Approve(CiPlan plan) => new()
    {
        Name = CommentCommand.Approve, If = $"steps.command.outputs.action == '{CommentCommand.Approve}'",
        Run = $"./build.sh {nameof(IApprove.Approve)}",
        Environment =
        [
            .. GitHubSteps.Writing(plan.Settings), new("MLOPS_OF", "${{ steps.command.outputs.version }}"),
            new("MLOPS_REASON", "${{ steps.command.outputs.reason }}"),
        ],
    };

    // On the machine that serves, and only after the host said that the author may.
    private static GitHubJob Rollback(GeneratedCiAttribute settings) => GitHubJob.Of(
        settings, CommentCommand.Rollback,
        [
            GitHubSteps.CheckoutHistory, GitHubSteps.SetUp, GitHubSteps.Cache,
            new()
            {
                Name = CommentCommand.Rollback, Run = $"./build.sh {nameof(IRollBack.Rollback)}",
                Environment = [.. GitHubSteps.Writing(settings), new("MLOPS_REASON", "${{ needs.command.outputs.reason }}")],
            },
        ],
        delivers: true) with
    {
        Needs = "command", If = $"needs.command.outputs.action == '{CommentCommand.Rollback}'",
        Rights = [WritesState, new("deployments", "write")],
    };

    private static bool RollsBack(CiPlan plan) => plan.Jobs.Any(job => job.Name == CommentCommand.Rollback);
}
