using MlOpsBuild.Data.Sketches;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Numbers that are too many to be kept: their moments and ranks. NaN is none.</summary>
internal sealed class ValueSketch
{
    /// <summary>Their moments.</summary>
    public Moments Moments { get; private set; } = Moments.None;

    /// <summary>Their ranks.</summary>
    public QuantileSketch Quantiles { get; } = new();

    /// <summary>Takes numbers without gaps, whose moments are known.</summary>
    public void Add(ReadOnlySpan<double> values, Moments moments)
    {
        Moments = Moments.With(moments);
        Quantiles.Add(values);
    }

    /// <summary>Takes a number that occurs several times.</summary>
    public void Add(double value, long count)
    {
        if (!double.IsNaN(value))
        {
            Moments = Moments.With(new(count, value, 0, 0, 0, value, value));
            Quantiles.Add(value, count);
        }
    }

    /// <summary>Takes all numbers of another sketch.</summary>
    public void Merge(ValueSketch other)
    {
        Moments = Moments.With(other.Moments);
        Quantiles.Merge(other.Quantiles);
    }
}
