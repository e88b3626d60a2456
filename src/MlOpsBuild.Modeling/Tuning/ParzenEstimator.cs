using MathNet.Numerics.Distributions;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>
/// A density over a bounded interval: the mean of a normal curve about each of some points, and of one wide curve about the middle, each
/// cut off at the bounds. A curve is as wide as the farther neighbour of its point is away (Bergstra et al. 2011, section 4.2).
/// </summary>
internal sealed class ParzenEstimator
{
    private const int MostTries = 100;
    private readonly double _lower;
    private readonly double _upper;
    private readonly (double Mean, double Deviation, double LogMass)[] _curves;

    public ParzenEstimator(IEnumerable<double> points, double lower, double upper)
    {
        (_lower, _upper) = (lower, upper);
        var (middle, width) = ((lower + upper) / 2, upper - lower);
        double[] means = [.. points.Append(middle).Order()];
        var own = Array.IndexOf(means, middle);
        var narrowest = width / Math.Min(100, 1 + means.Length);
        _curves = [.. means.Select((mean, place) =>
        {
            var deviation = place == own ? width : Math.Clamp(
                Math.Max(
                    place > 0 ? mean - means[place - 1] : means[place + 1] - mean,
                    place < means.Length - 1 ? means[place + 1] - mean : mean - means[place - 1]),
                narrowest, width);
            var inside = Normal.CDF(mean, deviation, upper) - Normal.CDF(mean, deviation, lower);
            return (mean, deviation, Math.Log(inside));
        })];
    }

    /// <summary>Draws from it.</summary>
    public double Draw(SplitMix64 random)
    {
        var (mean, deviation, _) = _curves[random.NextInt(_curves.Length)];
        for (var tries = 0; tries < MostTries; tries++)
        {
            var drawn = mean + (deviation * random.NextNormal());
            if (drawn >= _lower && drawn <= _upper)
            {
                return drawn;
            }
        }

        return mean;
    }

    /// <summary>Logarithm of the density at <paramref name="place"/>, inside the bounds.</summary>
    public double LogDensity(double place)
    {
        var logs = new double[_curves.Length];
        foreach (var (index, (mean, deviation, logMass)) in _curves.Index())
        {
            logs[index] = Normal.PDFLn(mean, deviation, place) - logMass;
        }

        var largest = logs.Max();
        return largest + Math.Log(logs.Sum(log => Math.Exp(log - largest)) / logs.Length);
    }
}
