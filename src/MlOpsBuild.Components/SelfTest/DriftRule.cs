using MlOpsBuild.Core;
using MlOpsBuild.Data.Differences;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Components.SelfTest;

/// <summary>A rule that says whether one column moved.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Moved">The rule: values before and now, and their rows' times, empty where rows were drawn one by one.</param>
internal sealed record DriftRule(string Name, Func<DriftSample, bool> Moved)
{
    public const string Ours = "ours, at 5 %";
    private const double Level = 0.05;
    private const int FewValues = 5;
    private const int LargeReference = 1000;
    private const double EvidentlyDistance = 0.1;
    private const double TfdvDistance = 0.01;

    /// <summary>Ours beside the usual index and the defaults of Evidently 0.7 and of TFDV's guide.</summary>
    public static IReadOnlyList<DriftRule> All { get; } =
    [
        new(Ours, sample => OursOf(sample) <= Level),
        new("stability index ≥ 0.1", sample => Index(sample) >= 0.1),
        new("stability index ≥ 0.2", sample => Index(sample) >= 0.2),
        new("Evidently's default", Evidently),
        new("TFDV, L∞ ≥ 0.01", sample => Shares(sample) is var (before, now) && TwoSampleDistances.LInfinity(before, now) >= TfdvDistance),
    ];

    private static double OursOf(DriftSample sample) => DriftTest.Of(
        new Dictionary<string, ColumnBins> { ["x"] = ColumnBins.Of(sample.Before, sample.TimesBefore, isCategory: false) },
        new Dictionary<string, double[]> { ["x"] = sample.Now }, sample.TimesNow, sample.Now.Length,
        new() { FewestSeasonDays = int.MaxValue }).Columns[0].Probability;

    private static double Index(DriftSample sample) => PopulationStability.Of(ProfileOf(sample.Before), ProfileOf(sample.Now))!.Value.Index;

    private static ColumnProfile ProfileOf(double[] values) =>
        new("x", values.Length, 0, 0, 0, 0, 0, [], 0) { Distribution = ValueDistribution.Of([.. values.Order()]) };

    // Up to 1000 rows tests, above distances; few values are counted, many are measured.
    private static bool Evidently(DriftSample sample)
    {
        var few = sample.Before.Distinct().Count() <= FewValues;
        var (before, now) = few ? Shares(sample) : default;
        return (few, sample.Before.Length <= LargeReference) switch
        {
            (true, true) => TwoSampleDistances.GoodnessOfFitProbability(before!, now!) <= Level,
            (true, false) => TwoSampleDistances.JensenShannon(before!, now!) >= EvidentlyDistance,
            (false, true) => TwoSampleDistances.KolmogorovSmirnovProbability(
                TwoSampleDistances.KolmogorovSmirnov(sample.Before, sample.Now), sample.Before.Length, sample.Now.Length)
                <= Level,
            _ => TwoSampleDistances.Wasserstein(sample.Before, sample.Now) / Math.Max(Deviation(sample.Before), 0.001) >= EvidentlyDistance,
        };
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static (List<double> Before, List<double> Now) Shares(DriftSample sample)
    {
        var (before, now) = (sample.Before.CountBy(value => value).ToDictionary(), sample.Now.CountBy(value => value).ToDictionary());
        var values = before.Keys.Union(now.Keys).Order().ToList();
        return (
            [.. values.Select(value => (double)before.GetValueOrDefault(value))],
            [.. values.Select(value => (double)now.GetValueOrDefault(value))]);
    }
}
