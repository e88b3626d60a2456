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
}
