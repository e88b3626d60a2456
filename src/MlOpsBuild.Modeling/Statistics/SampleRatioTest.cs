using MathNet.Numerics;

namespace MlOpsBuild.Modeling.Statistics;

/// <summary>Always-valid two-sided test that requests were split as asked: a Beta(kρ, k(1 − ρ)) mixture against the point ρ.</summary>
public static class SampleRatioTest
{
    /// <summary>Concentration of the prior for the guard over all requests.</summary>
    public const double Concentration = 1000;

    /// <summary>
    /// ln of the e-value against "each of <paramref name="total"/> was in the canary with probability <paramref name="share"/>".
    /// </summary>
    public static double LogEvidence(int inCanary, int total, double share, double concentration = Concentration)
    {
        var (a, b) = (concentration * share, concentration * (1 - share));
        return SpecialFunctions.BetaLn(a + inCanary, b + total - inCanary) - SpecialFunctions.BetaLn(a, b)
            - (inCanary * Math.Log(share)) - ((total - inCanary) * Math.Log(1 - share));
    }

    /// <summary>
    /// The same for a single look: Pearson's χ² with one degree of freedom, the probability of a split that far off if all is well
    /// (Fabijan et al. 2019, "Diagnosing sample ratio mismatch in online controlled experiments").
    /// </summary>
    /// <param name="inCanary">Units in the arm.</param>
    /// <param name="total">Units of both arms.</param>
    /// <param name="share">The share that was asked for, in (0, 1).</param>
    public static double Probability(int inCanary, int total, double share)
    {
        var (expected, off) = (total * share, inCanary - (total * share));
        return total == 0 ? 1 : SpecialFunctions.Erfc(Math.Sqrt(((off * off / expected) + (off * off / (total - expected))) / 2));
    }
}
