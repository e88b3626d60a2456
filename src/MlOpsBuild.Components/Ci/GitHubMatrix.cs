namespace MlOpsBuild.Components.Ci;

/// <summary>
/// A workflow with a job for each pipeline: the first job names them, of a pull request those that it reaches, and the last one makes one
/// comment of all their reports.
/// </summary>
internal static class GitHubMatrix
{
    private const string Naming = "pipelines";
    private const string Reporting = "report";
    private const string Names = $"needs.{Naming}.outputs.names";
    private const string Pipeline = "${{ matrix.pipeline }}";

    // Empty where there is no pull request: then all are run.
    private static GitHubValue Change { get; } = new("MLOPS_AFFECTED_BY", "${{ github.event.pull_request.base.sha }}");

    /// <summary>The jobs.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="write">A job as it is where one runs all pipelines.</param>
    public static IEnumerable<GitHubJob> Of(CiPlan plan, Func<CiJob, GitHubJob> write)
    {
        yield return Name(plan);
        foreach (var job in plan.Jobs)
        {
            yield return plan.IsSpread(job) ? Spread(job, write(job)) : write(job);
            if (job == plan.Collected)
            {
                yield return Report(plan, job);
            }
        }
    }

    private static GitHubJob Name(CiPlan plan) => GitHubJob.Of(
        plan.Settings, Naming,
        [
            GitHubSteps.CheckoutHistory, GitHubSteps.SetUp,
            new()
            {
                Name = Naming, Id = Naming, Run = $"./build.sh {nameof(IListPipelines.ListPipelines)}",
                Environment = [Change],
            },
        ]) with
    {
        If = "github.event_name != 'workflow_dispatch'", Outputs = [new("names", $"${{{{ steps.{Naming}.outputs.names }}}}")],
    };

    private static GitHubJob Spread(CiJob job, GitHubJob written) => written with
    {
        Pipelines = $"${{{{ fromJSON({Names}) }}}}",
        Needs = job.Needs == null ? Naming : $"[{Naming}, {job.Needs}]",
        If = $"({written.If}) && {Names} != '[]'",
        Steps = [.. written.Steps.Select(step => Of(job, step))],
    };

    // Each pipeline leaves and takes over what is its own.
    private static GitHubStep Of(CiJob job, GitHubStep step) => step.Run != null
        ? step with { Environment = [.. step.Environment, new("MLOPS_PIPELINE", Pipeline), .. Silent(job)] }
        : step with
        {
            With =
            [
                .. step.With.Select(value => value.Name switch
                {
                    "name" => value with { Expression = Named(value.Expression!) },
                    "key" => value with { Expression = $"{value.Expression}-{Pipeline}" },
                    _ => value,
                })
            ]
        };

    private static IEnumerable<GitHubValue> Silent(CiJob job) => job.Reports ? [GitHubValue.Of("MLOPS_COMMENT", "false")] : [];

    // test-model-report is test-model-NAME-report.
    private static string Named(string artifact) => artifact.LastIndexOf('-') is var end and > 0
        ? $"{artifact[..end]}-{Pipeline}{artifact[end..]}"
        : artifact;

    private static GitHubJob Report(CiPlan plan, CiJob job) => GitHubJob.Of(
        plan.Settings, Reporting,
        [
            GitHubSteps.CheckoutHistory, GitHubSteps.SetUp, GitHubSteps.CollectReports(job.Name, CiPlan.Incoming),
            new()
            {
                Name = Reporting, If = "steps.download.outcome == 'success'", Run = CiPlan.ReportCommand,
                Environment = [Change, GitHubSteps.Token],
            },
        ]) with
    {
        Needs = $"[{Naming}, {job.Name}]", If = $"always() && github.event_name == 'pull_request' && {Names} != '[]'",
        Rights = [new("contents", "read"), new("pull-requests", "write")],
    };
}
