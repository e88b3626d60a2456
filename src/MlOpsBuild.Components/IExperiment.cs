using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Compares a version with the one that serves on callers, by a business metric.</summary>
public interface IExperiment : IHazServer, IHazReason, IHazModelVersion, IHazDryRun
{
    /// <summary>Which units get the version on test.</summary>
    [Parameter("With StartExperiment: percent of units that get the version on test, instead of what the pipeline says")]
    [ReadBy(nameof(StartExperiment))]
    double? Share => TryGetValue<double?>(() => Share);

    /// <summary>What is decided.</summary>
    [Parameter("With EndExperiment: ship (the version on test is to take over) or keep (the one that serves stays)")]
    [ReadBy(nameof(EndExperiment))]
    string? Decision => TryGetValue(() => Decision);

    /// <summary>Begins an A/B test.</summary>
    Target StartExperiment => _ => _
        .Description("Begins an A/B test of a version against the one that serves, by the business metric that the pipeline declares: tells what it can see and how long that takes, then gives units their arms; --dry-run tells it and begins nothing")
        .Example("StartExperiment --model-version 4 --dry-run", "how many users, how many days, what it would see")
        .Example("StartExperiment --model-version 4", "half of the users, or what the pipeline says, get v4")
        .RequiresOf(this, () => ModelVersion != null, "needs --model-version")
        .Executes(
            this,
            (session, ct) => EachInTurnAsync(
                session,
                (run, token) => ExperimentFlow.StartAsync(
                    session, run.Specification, ModelVersion!.Value, Share, Pipeline != null || PickedNames.Count == 1,
                    DryRun == true, Server, token),
                ct),
            pulls: true);

    /// <summary>How the A/B test stands.</summary>
    Target Experiment => _ => _
        .Description("Shows how the A/B test that goes on stands, or how the last one ended: split, units, difference, verdict; a fixed horizon tells nothing of the difference before it")
        .Example("Experiment", "exit code 3 when the version on test is worse, 1 when the split is broken")
        .Example("Experiment --json", "for programs")
        .PrintsDocument(this, (session, ct) => ExperimentFlow.ShowAsync(session, Pipeline, ct));

    /// <summary>Ends the A/B test.</summary>
    Target EndExperiment => _ => _
        .Description("Ends the A/B test with a decision: EndExperiment ship|keep --reason \"…\"; all users get the version that serves, and ship is refused unless the result bears it")
        .Example("EndExperiment keep --reason \"no difference\"", "the version that serves stays")
        .Example("EndExperiment ship --reason \"sells more\"", "then Deploy --model-version N, by canary and under the policy")
        .RequiresOf(this, () => Decision != null, "needs a decision: ship or keep")
        .RequiresOf(this, () => !string.IsNullOrWhiteSpace(Reason), "needs --reason")
        .Executes(
            this, (session, ct) => ExperimentFlow.EndAsync(session, Pipeline, Decision!, Reason!, Server, ct), pulls: true);
}
