using MathNet.Numerics.Distributions;

namespace MlOpsBuild.Delivery.Statistics;

/// <summary>Exact upper bound on a rate (Clopper and Pearson 1934); with no event it is the rule of three, about 3/n at 95 %.</summary>
public static class RateBound
{
    /// <summary>The upper bound with one-sided confidence 1 − <paramref name="alpha"/>; 1 without requests.</summary>
    public static double Upper(int events, int requests, double alpha) =>
        events >= requests ? 1 : Beta.InvCDF(events + 1, requests - events, 1 - alpha);
}
