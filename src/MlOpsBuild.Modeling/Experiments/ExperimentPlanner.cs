using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Statistics;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>Says before an A/B test begins how many units it takes, how long that lasts, and what it can see.</summary>
/// <param name="policy">What it measures.</param>
public sealed class ExperimentPlanner(ExperimentPolicy policy)
{
    /// <summary>Units before whose number neither a mean nor a deviation is known.</summary>
    public const int LeastUnits = 100;

    private const int LateDays = 7;

    /// <summary>The plan.</summary>
    /// <param name="before">Units as they were before the test; none where nothing was seen.</param>
    /// <param name="newUnits">New units of each day until now, the oldest day first; empty where no traffic was seen.</param>
    /// <exception cref="UsageException">Nothing is known of the metric.</exception>
    public ExperimentPlan Of(IReadOnlyList<ExperimentUnit> before, IReadOnlyList<int> newUnits)
    {
        var (mean, deviation, correlation, known) = Moments(before);
        if (mean == 0 && policy.Relative)
        {
            throw Unusable("The metric's mean is 0, of which nothing is a part", "0", ".DetectAbsolute(…) in the metric's unit");
        }

        if (deviation == 0)
        {
            throw Unusable(
                "The metric is the same of every unit", mean.ToString("G4", CultureInfo.InvariantCulture), "a metric that varies");
        }

        var scale = policy.Relative ? Math.Abs(mean) : 1;
        var (detect, margin) = (policy.Detect * scale, (policy.Margin ?? policy.Detect) * scale);
        var size = new SampleSize(
            deviation * deviation * (1 - (correlation * correlation)), policy.Share, policy.Power, Growth(mean, detect));
        var errors = policy.Design == ExperimentDesign.AlwaysValid
            ? SampleSize.AtAnyLook(policy.Alpha)
            : SampleSize.AtOneLook(policy.Alpha);
        var needed = (int)Math.Min(Math.Max(size.Units(detect, errors), 2 * ExperimentJudge.LeastOfAnArm), int.MaxValue);
        var units = policy.Units ?? needed;
        var (perDay, days) = Duration(units, newUnits);
        return new(units, needed, detect, margin, mean, deviation, correlation, size.Effect(units, errors))
        {
            KnownFrom = known, PerDay = perDay, Days = days + policy.Window.TotalDays,
        };
    }

    // Who converts more varies otherwise, and values that are larger by a part vary more by its square.
    private double Growth(double mean, double effect)
    {
        if (policy.Quantity == ExperimentQuantity.Conversion)
        {
            var converts = Math.Clamp(mean + effect, 0, 1);
            return Math.Max(1, converts * (1 - converts) / (mean * (1 - mean)));
        }

        return policy.Relative ? (1 + policy.Detect) * (1 + policy.Detect) : 1;
    }

    private (double Mean, double Deviation, double Correlation, int Known) Moments(IReadOnlyList<ExperimentUnit> before)
    {
        if (before.Count >= LeastUnits)
        {
            var all = ArmValues.Of(policy, [.. before.Select(unit => unit with { Treated = false })]).Control;
            var mean = all.Values.Average();
            var deviation = Math.Sqrt(all.Values.Sum(value => (value - mean) * (value - mean)) / (before.Count - 1));
            var correlation = policy.Before == null ? 0 : Cuped.Of((all.Values, all.Before)).Correlation;
            return (mean, deviation, correlation, before.Count);
        }

        return policy is { ExpectedMean: { } expected, ExpectedDeviation: { } varies }
            ? (expected, varies, 0, 0)
            : throw Unusable(
                "Nothing is known of the metric, so that nobody can say how many units it takes",
                string.Create(CultureInfo.InvariantCulture, $"outcomes of {before.Count} units"),
                $"{LeastUnits} units seen before, or .Expecting(mean, deviation)");
    }

    // Who comes again is new only once: the days that were seen are read as they were, and those behind them as the last ones of these.
    private static (double? PerDay, double? Days) Duration(int units, IReadOnlyList<int> newUnits)
    {
        if (newUnits.Sum() == 0)
        {
            return (null, null);
        }

        var (sum, late) = (0.0, newUnits.TakeLast(LateDays).Average());
        foreach (var (day, count) in newUnits.Index())
        {
            sum += count;
            if (sum >= units)
            {
                return (late, day + 1);
            }
        }

        return (late, late == 0 ? null : newUnits.Count + ((units - sum) / late));
    }

    private UsageException Unusable(string what, string value, string expected) => new(new Finding(
        "MLB2076", what, policy.Metric, value, expected,
        "send outcomes to POST /outcome for a while before the test, or say what is expected in .Experiment(…)"));
}
