using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Predictions of the last tested run → how often gates are wrong on hold-outs like theirs.</summary>
internal static class GateProofFlow
{
    private const int Runs = 200;
    private const double Margin = 0.02;

    public static async Task RunAsync(RunSession session, string? only, CancellationToken cancellationToken)
    {
        var (pipeline, set) = await LastAsync(session, only, cancellationToken);
        session.Output.Progress(
            Invariant($"{pipeline}: {Runs} hold-outs of {set.Count:N0} rows for each of {GateScenario.All.Count} candidates"));
        var results = new GateSelfTest(set, Margin, seed: 1).Run(Runs, cancellationToken);
        session.Output.Table(
            ["A candidate with", "Rule", "Passed", "Failed", "Undecided"],
            results.Select(result => (IReadOnlyList<string>)
            [
                result.Scenario.Name, result.Rule, Share(result.Passed), Share(result.Failed), Share(1 - result.Passed - result.Failed),
            ]));
        var failed = results.Single(result => result is { Rule: GateSelfTest.Ours, Scenario.IsHarmful: false }).Failed;
        session.Output.Line(Invariant(
            $"{pipeline}: RMSE and MAE against the champion, {Margin:0%} tolerated; ours promise at most {GateSelfTest.FalseFailures:0.#%} false failures, of both gates together"));
        if (failed > GateSelfTest.FalseFailures + Sampling())
        {
            throw new StageFailedException(
                "The gates fail more good candidates than they promise",
                [new("MLB7100", "False failures", "GateSelfTest", Share(failed), $"at most {Share(GateSelfTest.FalseFailures)}")],
                Verdict.Failed);
        }
    }

    // Two standard errors of a share that is just as promised.
    private static double Sampling() => 2 * Math.Sqrt(GateSelfTest.FalseFailures * (1 - GateSelfTest.FalseFailures) / Runs);

    private static async Task<(string Pipeline, PredictionSet Set)> LastAsync(
        RunSession session, string? only, CancellationToken cancellationToken)
    {
        foreach (var pipeline in only != null ? [only] : ServingPlaces.Pipelines(session))
        {
            foreach (var run in (await session.Store.Runs.OfAsync(pipeline, cancellationToken)).Where(run => run.Predictions != null)
                .OrderByDescending(run => run.Started))
            {
                var set = CanonicalJson.Deserialize<PredictionSet>(
                    await session.Store.Blobs.ReadAsync(run.Predictions!.Value, cancellationToken));
                if (set is { Classes: null, Figures: null })
                {
                    return (pipeline, set);
                }
            }
        }

        throw new UsageException(new Finding(
            "MLB7101", "No tested predictions of numbers", "GateSelfTest", only, "a run that was tested, of a model that predicts numbers",
            "run ./build.sh TestModel first, and name the pipeline by --pipeline"));
    }

    private static string Share(double share) => Invariant($"{share:0.#%}");
}
