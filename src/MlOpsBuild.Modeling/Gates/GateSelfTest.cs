using MathNet.Numerics.Distributions;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>
/// Judges candidates whose worth is known, on hold-outs drawn from real predictions: how often our gates, and the fixed thresholds of other
/// tools, fail one that is as good as the champion, and how often they notice one that is worse. Candidate and champion are made alike by
/// exchanging their answers day by day with even chances, and days (or groups, or rows) are drawn with replacement.
/// </summary>
/// <param name="predictions">Predictions of numbers on held-out rows.</param>
/// <param name="margin">The tolerated loss against the champion, as a part of its value.</param>
/// <param name="seed">Seed of all that is drawn.</param>
public sealed class GateSelfTest(PredictionSet predictions, double margin, long seed)
{
    /// <summary>Our gates' name in the table.</summary>
    public const string Ours = "ours";

    /// <summary>The chance that our gates promise: a candidate as good as the champion is failed no more often.</summary>
    public const double FalseFailures = GateFamily.UsualFalseFailures;

    private const double Noise = 0.3;
    private static readonly Metric[] Judged = [Metrics.Rmse, Metrics.Mae];

    /// <summary>Each scenario under each rule.</summary>
    /// <param name="runs">Hold-outs of each scenario.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public IReadOnlyList<GateTrialResult> Run(int runs, CancellationToken cancellationToken)
    {
        var rules = new (string Name, Func<PredictionSet, PredictionSet, Verdict> Judge)[]
        {
            (Ours, ByGates), ("fails when it is worse at all", (mine, theirs) => ByThreshold(mine, theirs, 0)),
            (FormattableString.Invariant($"fails when it is worse by {margin:0.##%}"), (mine, theirs) => ByThreshold(mine, theirs, margin)),
            ("t-test of rows, 5 %", ByRows),
        };
        var results = new List<GateTrialResult>();
        foreach (var scenario in GateScenario.All)
        {
            var verdicts = new Verdict[runs][];
            Parallel.For(0, runs, new() { CancellationToken = cancellationToken }, run =>
            {
                var (mine, theirs) = Draw(scenario, new SplitMix64((ulong)seed + (ulong)run));
                verdicts[run] = [.. rules.Select(rule => rule.Judge(mine, theirs))];
            });
            results.AddRange(rules.Select((rule, place) => new GateTrialResult(
                scenario, rule.Name, (double)verdicts.Count(each => each[place] == Verdict.Passed) / runs,
                (double)verdicts.Count(each => each[place] == Verdict.Failed) / runs)));
        }

        return results;
    }

    private (PredictionSet Candidate, PredictionSet Champion) Draw(GateScenario scenario, SplitMix64 random)
    {
        var units = predictions.Block.Index().GroupBy(row => row.Item, row => row.Index).Select(unit => unit.ToArray()).ToList();
        var deviation = Metrics.Rmse.Of(predictions);
        var (blocks, labels, mine, theirs) = (new List<int>(), new List<double>(), new List<double>(), new List<double>());
        for (var drawn = 0; drawn < units.Count; drawn++)
        {
            var swaps = random.NextDouble() < 0.5;
            foreach (var row in units[random.NextInt(units.Count)])
            {
                var (label, error) = (predictions.Labels[row], predictions.Predictions[row] - predictions.Labels[row]);
                var other = error + (Noise * deviation * random.NextNormal());
                var (one, two) = swaps ? (other, error) : (error, other);
                blocks.Add(drawn);
                labels.Add(label);
                mine.Add(label + (scenario.Stretch * one));
                theirs.Add(label + two);
            }
        }

        PredictionSet Set(string name, List<double> said) =>
            new(name, [.. blocks], [.. labels], [.. said], new Dictionary<string, double[]>()) { Unit = predictions.Unit };
        return (Set("candidate", mine), Set("champion", theirs));
    }

    private Verdict ByGates(PredictionSet mine, PredictionSet theirs) => GateFamily.Judge(
        [
            .. Judged.SelectMany(metric => new GateJudge(new() { Metric = metric, ChampionMargin = margin }, seed)
                .Judge(mine, null, new("champion", theirs, null))),
        ],
        FalseFailures).Select(outcome => outcome.Verdict).Worst();

    private static Verdict ByThreshold(PredictionSet mine, PredictionSet theirs, double tolerated) =>
        Judged.Any(metric => metric.Of(mine) > (1 + tolerated) * metric.Of(theirs)) ? Verdict.Failed : Verdict.Passed;

    // Rows as if each were a witness of its own.
    private static Verdict ByRows(PredictionSet mine, PredictionSet theirs)
    {
        double[] worse = [.. Enumerable.Range(0, mine.Count).Select(row =>
            Math.Abs(mine.Predictions[row] - mine.Labels[row]) - Math.Abs(theirs.Predictions[row] - theirs.Labels[row]))];
        var mean = worse.Average();
        var error = Math.Sqrt(worse.Sum(value => (value - mean) * (value - mean)) / (worse.Length - 1) / worse.Length);
        return mean / error > Normal.InvCDF(0, 1, 0.95) ? Verdict.Failed : Verdict.Passed;
    }
}
