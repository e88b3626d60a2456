using MlOpsBuild.Core;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Slices;

/// <summary>
/// Looks for rows on which a model is worse than elsewhere, by one or two conditions: enough rows, an effect of some size (Chung et al.
/// 2019), and of all that is reported a stated share false at most (Benjamini and Hochberg 1995). The test's error counts whole blocks:
/// hours of one day are not so many witnesses.
/// </summary>
/// <param name="metric">What losses, and values in the result, are by.</param>
/// <param name="seed">Seed of resampling.</param>
public sealed class SliceFinder(Metric metric, long seed)
{
    /// <summary>Fewest rows of a slice, beside a hundredth of all.</summary>
    public const int LeastRows = 32;

    /// <summary>Most slices that are reported.</summary>
    public const int Most = 10;

    /// <summary>The share of reported slices that may be false.</summary>
    public const double FalseShare = 0.05;

    /// <summary>Smallest effect that is reported: a small one, by Cohen (1988).</summary>
    public const double LeastEffect = 0.2;

    private const double Confidence = 0.95;
    private const double Alike = 0.7;

    /// <summary>The slices, the largest effect first; empty where nothing is found.</summary>
    /// <param name="rows">The held-out rows as requests.</param>
    /// <param name="candidate">What was predicted of them, in the same order.</param>
    /// <param name="champion">What the champion predicts of them; null where there is none, or not of all.</param>
    /// <param name="hidden">Columns of personal data: nothing is said of them.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IReadOnlyList<FoundSlice> Find(
        IReadOnlyList<LabelledRow> rows, PredictionSet candidate, PredictionSet? champion, IReadOnlyCollection<string> hidden,
        CancellationToken cancellationToken)
    {
        double[] losses = [.. Enumerable.Range(0, candidate.Count).Select(row => metric.Loss.Of(candidate.At(row), candidate.Labels[row]))];
        if (!losses.All(double.IsFinite))
        {
            return [];
        }

        var (test, literals) = (new SliceTest(losses, Blocks.Of(candidate)), SliceLiteral.Of(rows, hidden));
        var looked = new List<(IReadOnlyList<SliceCondition> Conditions, bool[] Holds, SliceTest.Result Result)>();
        foreach (var (place, literal) in literals.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Look([literal.Condition], literal.Holds);
            foreach (var other in literals.Skip(place + 1).Where(other => other.Condition.Column != literal.Condition.Column))
            {
                Look([literal.Condition, other.Condition], [.. literal.Holds.Zip(other.Holds, (one, two) => one && two)]);
            }
        }

        var adjusted = FalseDiscovery.Adjust([.. looked.Select(slice => slice.Result.Probability)]);
        var chosen = new List<(bool[] Holds, FoundSlice Slice)>();
        foreach (var ((conditions, holds, result), probability) in looked.Zip(adjusted)
            .Where(pair => pair.Second <= FalseShare && pair.First.Result.Effect >= LeastEffect)
            .OrderByDescending(pair => pair.First.Result.Effect).ThenBy(pair => pair.First.Conditions.Count))
        {
            // What is mostly the same rows is told once.
            if (chosen.Count < Most && !chosen.Exists(other => Overlap(other.Holds, holds) > Alike))
            {
                chosen.Add((holds, Told(conditions, holds, result, probability, candidate, champion)));
            }
        }

        return [.. chosen.Select(pair => pair.Slice)];

        void Look(IReadOnlyList<SliceCondition> conditions, bool[] holds)
        {
            if (test.Of(holds, Math.Max(LeastRows, candidate.Count / 100)) is { } result)
            {
                looked.Add((conditions, holds, result));
            }
        }
    }

    private FoundSlice Told(
        IReadOnlyList<SliceCondition> conditions, bool[] holds, SliceTest.Result result, double probability, PredictionSet candidate,
        PredictionSet? champion)
    {
        int[] rows = [.. Enumerable.Range(0, holds.Length).Where(row => holds[row])];
        int[] others = [.. Enumerable.Range(0, holds.Length).Where(row => !holds[row])];
        var (mine, theirs) = (candidate.Part(rows), champion?.Part(rows));
        return new(conditions, rows.Length, result.Effect, probability, metric.Name, metric.Of(mine), metric.Of(candidate.Part(others)))
        {
            Champion = theirs == null ? null : metric.Of(theirs),
            Difference = theirs == null ? null : PairedBlockBootstrap.Difference(metric, mine, theirs, Confidence, seed),
        };
    }

    private static double Overlap(bool[] one, bool[] other)
    {
        var (both, either) = (0, 0);
        for (var row = 0; row < one.Length; row++)
        {
            both += one[row] && other[row] ? 1 : 0;
            either += one[row] || other[row] ? 1 : 0;
        }

        return (double)both / either;
    }
}
