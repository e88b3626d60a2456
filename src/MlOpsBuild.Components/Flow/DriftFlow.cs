using MlOpsBuild.Components.SelfTest;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Packaging.Bundles;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Data beside those of the champion, and what the drift test promises, proved on a pipeline's own rows.</summary>
internal static class DriftFlow
{
    private const int Runs = 200;
    private const double Promised = 0.05;
    private const double Allowed = 0.015;

    /// <summary>Compares a run's data with those of the champion, and tells what moved.</summary>
    public static async Task CompareAsync(RunSession session, PipelineRun run, CancellationToken cancellationToken)
    {
        var policy = run.Specification.Drift;
        if (await session.ChampionAsync(run.Specification.Name, cancellationToken) is not { } champion)
        {
            return;
        }

        var snapshot = run.Results.Take<IngestedData>().Snapshot;
        var bundle = await Bundle.OpenAsync(session.Store, champion.Bundle, cancellationToken);
        if (bundle.Description.Data == snapshot.Combined || bundle.Description.Simulated != run.Record.Simulated)
        {
            return;
        }

        var reference = await bundle.ReadAsync<DataProfile>(BundlePart.Profile, cancellationToken);
        var promised = await bundle.ReadAsync<DataContract>(BundlePart.Contract, cancellationToken);
        var drift = (await run.RunAsync(
            new DriftStage(), new DriftInput(snapshot, run.Specification.Contract, reference, promised, policy),
            cancellationToken)).Result;
        Tell(session, drift, champion.Number);
        if (policy.Fails && drift.Verdict == Verdict.Failed)
        {
            throw new StageFailedException(
                "The data moved away from the champion's",
                [.. Moved(drift).Select(column => new Finding(
                    "MLB7036", "Drift", $"column {column.Column}", Invariant($"index {column.Index:0.00}"),
                    Invariant($"below {policy.Tolerated:0.00}"), "look at what changed; take .Drift(…) out where it is no fault"))],
                Verdict.Failed);
        }
    }

    private static void Tell(RunSession session, DriftResult drift, int champion)
    {
        var rows = Invariant(
            $"{drift.Rows:N0} {(drift.Newer ? "rows newer than those of" : "rows beside those of")} champion v{champion}, against {drift.Reference}");
        var moved = Moved(drift).ToList();
        if (moved.Count > 0)
        {
            session.Note($"drift in {string.Join(", ", moved.Take(3).Select(column => column.Column))}{(moved.Count > 3 ? ", …" : "")}");
            session.Output.Warn($"drift in {moved.Count} of {drift.Columns.Count} columns: {rows}");
            session.Output.Table(
                ["Column", "Index", "By chance", "p, adjusted"],
                moved
                    .Select(column => (IReadOnlyList<string>)
                    [
                        column.Column, Invariant($"{column.Index:0.00}"), Invariant($"{column.ByChance:0.00}"),
                        column.Adjusted < 0.0001 ? "< 0.0001" : Invariant($"{column.Adjusted:0.0000}")
                    ])
                    .ToList());
        }
        else
        {
            session.Output.Line(drift.Verdict == Verdict.Inconclusive
                ? $"too few rows to tell drift from chance: {rows}"
                : $"no drift in {drift.Columns.Count} columns: {rows}");
        }
    }

    private static IEnumerable<DriftVerdict> Moved(DriftResult drift) => drift.Columns.Where(column => column.Verdict == Verdict.Failed);

    public static async Task SelfTestAsync(RunSession session, IReadOnlyList<PipelineRun> runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            var table = await run.Results.Take<IngestedData>().Snapshot.ReadValidatedAsync(run.Specification.Contract, cancellationToken);
            var test = new DriftSelfTest(table, Runs, seed: 1);
            session.Output.Line(
                Invariant($"{Runs} samples per line from {table.Rows:N0} rows; share of {test.Columns.Count} columns said to have moved"));
            var results = test.Run(new OutputProgress(session.Output), cancellationToken);
            session.Output.Table(
                ["Drawn", .. DriftRule.All.Select(rule => rule.Name)],
                results
                    .Select(result => (IReadOnlyList<string>)
                    [
                        result.Scenario.Name,
                        .. result.Shares.Select(share => Invariant($"{share:0.0%}"))
                    ])
                    .ToList());
            var wrong = results.Where(result => result.Scenario.Change == null && result.Shares[0] > Promised + Allowed)
                .Select(result => new Finding(
                    "MLB7037", "False alarms", result.Scenario.Name, Invariant($"{result.Shares[0]:0.0%}"),
                    Invariant($"at most {Promised + Allowed:0.0%}")))
                .ToList();
            if (wrong.Count > 0)
            {
                throw new StageFailedException("The drift test raises more false alarms than it promises", wrong, Verdict.Failed);
            }
        }
    }
}
