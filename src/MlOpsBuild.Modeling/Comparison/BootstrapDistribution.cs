using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Comparison;

/// <summary>What resampling showed of one quantity: intervals of any coverage, and how far out a limit lies.</summary>
/// <param name="whole">The quantity on all rows.</param>
/// <param name="values">Its replicates, in ascending order.</param>
/// <param name="dependence">How much the blocks depend on one another.</param>
internal sealed class BootstrapDistribution(double whole, double[] values, DayDependence dependence)
{
    private const double Least = 0.02;
    private const int Halvings = 40;

    // Further out than the outermost replicate nothing was seen.
    private double Most => 1 - (2.0 / (values.Length + 1));

    /// <summary>The interval of this coverage in (0, 1).</summary>
    public Interval Interval(double confidence)
    {
        var tail = (1 - confidence) / 2;
        var (lower, upper) = (Quantile.Of(values, tail), Quantile.Of(values, 1 - tail));
        var stretch = dependence.Stretch(confidence, (upper - lower) / 2);
        return new(whole - ((whole - lower) * stretch), whole + ((upper - whole) * stretch), confidence, dependence.Block);
    }

    /// <summary>
    /// The smallest probability, in one tail, with which an interval lies wholly above <paramref name="limit"/>: a test's p value. 1 where
    /// the quantity itself does not lie above it.
    /// </summary>
    public double TailAbove(double limit) => Tail(whole > limit, interval => interval.Lower > limit);

    /// <summary>The same below.</summary>
    public double TailBelow(double limit) => Tail(whole < limit, interval => interval.Upper < limit);

    private double Tail(bool beyond, Func<Interval, bool> isWholly)
    {
        if (!beyond || !isWholly(Interval(Least)))
        {
            return 1;
        }

        var (inside, outside) = (Least, Most);
        if (isWholly(Interval(Most)))
        {
            return (1 - Most) / 2;
        }

        for (var turn = 0; turn < Halvings; turn++)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = isWholly(Interval(middle)) ? (middle, outside) : (inside, middle);
        }

        return (1 - inside) / 2;
    }
}
