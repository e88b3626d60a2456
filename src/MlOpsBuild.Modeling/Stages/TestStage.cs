using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Slices;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Judges the candidate from predictions alone. The verdict is part of the result; the caller decides what follows.</summary>
public sealed class TestStage : Stage<TestInput, Evidence>
{
    private const double Confidence = 0.95;

    /// <inheritdoc />
    public override string Name => "test";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(TestInput input) =>
    [
        StageInput.Of("gates", input.Gates),
        new("candidate", input.Candidate.Digest.ToString()),
        .. input.Baselines.OrderBy(pair => pair.Key).Select(pair => new StageInput($"baseline {pair.Key}", pair.Value.Digest.ToString())),
        new("champion", input.Champion?.Digest.ToString() ?? input.ChampionProblem ?? "none"),
        .. input.ChampionCuts == null ? (StageInput[])[] : [StageInput.Of("champion cuts", input.ChampionCuts)],
        .. input.SliceGates.Count == 0 ? (StageInput[])[] : [StageInput.Of("slices", input.SliceGates)],
        .. input.Fairness.Count == 0 ? (StageInput[])[] : [StageInput.Of("fairness", input.Fairness)],
        new("false failures", input.FalseFailures.ToString(CultureInfo.InvariantCulture)),
        new("rows", input.Rows?.Digest.ToString() ?? "none"),
        .. input.Hidden.Count == 0 ? (StageInput[])[] : [StageInput.Of("hidden", input.Hidden)],
        new("seed", input.Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc />
    public override async Task<Evidence> RunAsync(
        TestInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var candidate = await ReadAsync(input.Candidate, cancellationToken);
        var baselines = new Dictionary<Baseline, PredictionSet>();
        foreach (var (baseline, artifact) in input.Baselines)
        {
            baselines[baseline] = await ReadAsync(artifact, cancellationToken);
        }

        var champion = input.Champion == null ? null : await ReadAsync(input.Champion, cancellationToken);
        if (champion?.Count == candidate.Count)
        {
            (candidate, champion) = JoinedBlocks.Of(candidate, champion);
        }

        var shared = champion == null || input.ChampionCuts == null ? null : Unseen(candidate, input.ChampionCuts);
        champion = shared == null ? champion : champion!.Part(shared);
        var compared = champion == null && input.ChampionProblem == null
            ? ChampionPredictions.None
            : new ChampionPredictions("champion", champion, input.ChampionProblem) { Rows = shared };
        progress.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"judging {candidate.Count:N0} hold-out rows, {PairedBlockBootstrap.Replicates:N0} bootstrap replicates"));
        var (metric, fairness) = (
            input.Gates[0].Metric, input.Fairness.SelectMany(spec => new FairnessJudge(spec, input.Seed).Judge(candidate)).ToList());
        var gates = GateFamily.Judge(
            [
                .. input.Gates.SelectMany(gate => new GateJudge(gate, input.Seed).Judge(
                    candidate, gate.Baseline is { } baseline ? baselines[baseline] : null, compared)),
                .. input.SliceGates.SelectMany(gate => new SliceJudge(gate, metric, input.Seed).Judge(candidate, compared)),
                .. fairness.Select(pair => pair.Gate).OfType<JudgedGate>(),
            ],
            input.FalseFailures);
        var named = input.Gates.Select(gate => gate.Metric).ToList();
        var predictors = new SortedDictionary<string, IReadOnlyList<MetricValue>>(StringComparer.Ordinal)
        {
            ["candidate"] = MetricTable.WithIntervals(candidate, named, Confidence, input.Seed)
        };
        foreach (var set in baselines.Values)
        {
            predictors[set.Predictor] = MetricTable.Of(set, named);
        }

        if (champion != null)
        {
            predictors["champion"] = MetricTable.Of(champion, named);
        }

        var comparable = shared == null ? champion : null;
        return new(predictors["candidate"], gates, [.. Slices(input, candidate, comparable)], predictors)
        {
            Fairness = fairness.Count == 0 ? null : [.. fairness.Select(pair => pair.Outcome)],
            FalseFailures = input.FalseFailures,
            HoldOut = candidate is { Figures: not null, Places: { } places }
                ? Digest.Of(CanonicalJson.Serialize(places))
                : Digest.Of(CanonicalJson.Serialize(new JudgedRows(candidate.Labels, candidate.Block))),
            WeakSlices = input.Rows == null ? null : new SliceFinder(metric, input.Seed).Find(
                [.. File.ReadLines(input.Rows.Path).Select(LabelledRow.Parse)], candidate, comparable, input.Hidden, cancellationToken),
        };
    }

    private sealed record JudgedRows(double[] Labels, int[] Block);

    private static async Task<PredictionSet> ReadAsync(Artifact artifact, CancellationToken cancellationToken) =>
        CanonicalJson.Deserialize<PredictionSet>(await File.ReadAllBytesAsync(artifact.Path, cancellationToken));

    private static IEnumerable<SliceOutcome> Slices(TestInput input, PredictionSet candidate, PredictionSet? champion) =>
        from column in candidate.Slices.Keys.Except(input.Fairness.Select(spec => spec.Column)).Order(StringComparer.Ordinal)
        from value in candidate.Slices[column].Distinct().Order()
        let rows = Enumerable.Range(0, candidate.Count).Where(row => candidate.Slices[column][row].Equals(value)).ToArray()
        from gate in input.Gates.DistinctBy(gate => gate.Metric.Name)
        let mine = candidate.Part(rows)
        let theirs = champion == null ? null : champion.Part(rows)
        select new SliceOutcome(
            column, value, rows.Length, gate.Metric.Name,
            gate.Metric.Of(mine),
            theirs == null ? null : gate.Metric.Of(theirs),
            theirs == null ? null : PairedBlockBootstrap.Difference(gate.Metric, mine, theirs, Confidence, input.Seed));

    // Rows that were held out for the champion, too; null when that are all.
    private static List<int>? Unseen(PredictionSet candidate, IReadOnlyDictionary<string, double> cuts)
    {
        var rows = Enumerable.Range(0, candidate.Count).Where(row =>
            candidate.Places is { } places && places[row]
                < (cuts.TryGetValue(RandomShare.All, out var cut) || cuts.TryGetValue(RandomShare.StratumOf(candidate.Labels[row]), out cut)
                    ? cut
                    : 1))
                .ToList();
        return rows.Count == candidate.Count ? null : rows;
    }
}
