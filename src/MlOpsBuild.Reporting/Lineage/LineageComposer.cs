using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.Lineage;

/// <summary>Walks from a version to everything it comes from. Where a record is missing the step says so.</summary>
public static class LineageComposer
{
    /// <summary>The lineage of <paramref name="version"/>.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="version">The version.</param>
    /// <param name="moves">Moves of the champion alias.</param>
    /// <param name="deployments">The pipeline's deployments.</param>
    /// <param name="run">The run that made the version, where it is known.</param>
    public static LineageStep Compose(
        string pipeline, ModelVersion version, IReadOnlyList<AliasMove> moves, IReadOnlyList<DeploymentRecord> deployments, RunRecord? run)
    {
        var bundle = new LineageStep("bundle", version.Bundle.ToString(), [], [Model(version, run)]);
        var steps = new List<LineageStep>();
        if (deployments.FirstOrDefault(record => record.Version == version.Number && record is { PutInPlace: true, Rehearsed: false })
            is { } deployment)
        {
            steps.Add(Deployment(deployment, bundle));
        }

        return new("version", $"{pipeline} v{version.Number}", Serving(version, moves), steps.Count > 0 ? steps : [bundle]);
    }

    private static List<KeyValuePair<string, string>> Serving(ModelVersion version, IReadOnlyList<AliasMove> moves)
    {
        List<KeyValuePair<string, string>> facts =
        [
            Fact("registered", Time(version.At)), Fact("data kind", version.Simulated ? "simulated" : "measured")
        ];
        var last = moves is [.., var newest] ? newest : null;
        if (moves.LastOrDefault(move => move.To == version.Number) is { } arrival)
        {
            facts.Add(Fact(last!.To == version.Number ? "champion since" : "was champion from", Time(arrival.At)));
            facts.Add(Fact("put there by", arrival.Actor));
            facts.Add(Fact("because", arrival.Reason));
        }
        else
        {
            facts.Add(Fact("champion", "never"));
        }

        if (moves.LastOrDefault(move => move.From == version.Number) is { } departure && last!.To != version.Number)
        {
            facts.Add(Fact(
                "until", $"{Time(departure.At)}, {departure.Kind.ToString().ToLowerInvariant()} by {departure.Actor}: {departure.Reason}"));
        }

        return facts;
    }

    private static LineageStep Deployment(DeploymentRecord record, LineageStep bundle)
    {
        List<KeyValuePair<string, string>> facts =
        [
            Fact("environment", record.Environment), Fact("outcome", record.Outcome.ToString()), Fact("when", Time(record.Started)),
            Fact("because", record.Reason),
        ];
        Add(facts, "who", record.Actor);
        Add(facts, "address", record.Address?.ToString());
        return new("deployment", record.Id, facts, [bundle]);
    }

    private static LineageStep Model(ModelVersion version, RunRecord? run)
    {
        List<KeyValuePair<string, string>> facts = [];
        Add(facts, "judged against model", version.TestedAgainst?.ToString());
        return new(
            "model", version.Model.ToString(), facts,
            [run == null ? new("run", version.Run, [Fact("record", "not on this machine")], []) : Run(run)]);
    }

    private static LineageStep Run(RunRecord run)
    {
        List<KeyValuePair<string, string>> facts = [Fact("when", Time(run.Started))];
        Add(facts, "who", run.Actor);
        facts.Add(Fact("targets", string.Join(' ', run.Targets)));
        facts.AddRange(run.Metrics.Select(metric => Fact(metric.Name, metric.Value.ToString("0.####", CultureInfo.InvariantCulture))));
        Add(facts, "gates", run.Verdict?.ToString());
        Add(facts, "champion then", run.Champion is { } champion ? $"v{champion}" : null);
        facts.AddRange(run.Machine.Select(fact => Fact(fact.Key, fact.Value)));
        return new("run", run.Id, facts, [Data(run), Code(run), Parameters(run)]);
    }

    private static LineageStep Data(RunRecord run)
    {
        List<KeyValuePair<string, string>> facts = [];
        Add(facts, "source", run.DataSource);
        Add(facts, "rows", run.Rows?.ToString("N0", CultureInfo.InvariantCulture));
        Add(facts, "contract", run.Contract?.ToString());
        foreach (var (view, snapshot) in run.Views ?? new Dictionary<string, Digest>())
        {
            Add(facts, $"feature view {view}", snapshot.ToString());
        }

        return new("data", run.Data?.ToString() ?? "unknown", facts, []);
    }

    private static LineageStep Code(RunRecord run)
    {
        List<KeyValuePair<string, string>> facts = [];
        Add(facts, "branch", run.Source?.Branch);
        Add(facts, "changed beside it", run.Source switch
        {
            { Dirty: true, Changes: { Count: > 0 } changes } => string.Join(", ", changes),
            { Dirty: true } => "yes",
            { Dirty: false } => "no",
            _ => null,
        });
        return new("commit", run.Source?.Commit ?? "not in a repository", facts, []);
    }

    private static LineageStep Parameters(RunRecord run) => new(
        "parameters", Digest.Of(CanonicalJson.Serialize(run.Parameters)).Abbreviated,
        [.. run.Parameters.Select(pair => Fact(pair.Key, pair.Value)), Fact("seed", run.Seed.ToString(CultureInfo.InvariantCulture))], []);

    private static void Add(List<KeyValuePair<string, string>> facts, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            facts.Add(Fact(name, value));
        }
    }

    private static KeyValuePair<string, string> Fact(string name, string value) => new(name, value);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
