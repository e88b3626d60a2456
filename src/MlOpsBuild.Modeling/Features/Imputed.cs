using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Features;

/// <summary>Numbers and what missing ones are taken for.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="Missing">What a missing one is taken for; null leaves it missing.</param>
/// <param name="Some">Whether some are missing.</param>
internal sealed record Imputed(double[] Values, double? Missing, bool Some)
{
    /// <summary>
    /// By a constant where one is given; else by the median, where <paramref name="standardise"/> says that no missing one may stay.
    /// </summary>
    public static Imputed Of(double[] values, bool optional, double? constant, bool standardise)
    {
        var present = values.Where(value => !double.IsNaN(value)).ToArray();
        return new(
            values, !optional ? null : constant ?? (standardise && present.Length > 0 ? Quantile.Median(present) : null),
            present.Length < values.Length);
    }

    /// <summary>
    /// Mean and standard deviation of what <paramref name="made"/> makes of each; the deviation is 1 where it would be 0.
    /// </summary>
    public (double Mean, double Scale) Moments(Func<double, double> made)
    {
        double[] known = [.. Values.Select(value => made(double.IsNaN(value) && Missing is { } missing ? missing : value))];
        var mean = known.Sum() / known.Length;
        var variance = known.Sum(value => (value - mean) * (value - mean)) / known.Length;
        return (mean, variance > 0 ? Math.Sqrt(variance) : 1);
    }
}
