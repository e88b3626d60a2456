namespace MlOpsBuild.Modeling.Statistics;

/// <summary>
/// Always-valid bound of a sum S whose variance so far is v: the mixture of likelihood ratios over effects that are normal around 0 with
/// variance 1/ρ (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021, "Time-uniform, nonparametric, nonasymptotic confidence
/// sequences"; the mSPRT of Johari, Koomen, Pekelis and Walsh 2017 is the same). With an estimated variance it holds in the limit of many
/// units (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, "Time-uniform central limit theory and asymptotic confidence sequences").
/// By Ville's inequality it is crossed with probability at most α when there is no effect, however often one looks.
/// </summary>
/// <param name="rho">The precision ρ of the mixture, above 0.</param>
public sealed class NormalMixture(double rho)
{
    /// <summary>The precision of the mixture.</summary>
    public double Rho { get; } = rho;

    /// <summary>The mixture whose bound is tightest at the variance <paramref name="optimum"/>.</summary>
    /// <param name="optimum">The variance v at which it is to be tightest.</param>
    /// <param name="alpha">Probability of ever being wrong, in (0, 1).</param>
    public static NormalMixture TightestAt(double optimum, double alpha) => new(optimum / Information(alpha));

    /// <summary>
    /// By how many standard errors of an estimate its bound lies away from it, at the variance where it is tightest: what 1.96 is to a
    /// single look.
    /// </summary>
    /// <param name="alpha">Probability of ever being wrong, in (0, 1).</param>
    public static double StandardErrors(double alpha) => TightestAt(1, alpha).Bound(1, alpha);

    /// <summary>ln of the e-value against "there is no effect".</summary>
    /// <param name="sum">The sum S.</param>
    /// <param name="variance">Its variance v so far.</param>
    public double LogEvidence(double sum, double variance) =>
        (0.5 * Math.Log(Rho / (variance + Rho))) + (sum * sum / (2 * (variance + Rho)));

    /// <summary>How far S is from its mean at most, at this and every other look, but for a chance of <paramref name="alpha"/>.</summary>
    /// <param name="variance">The variance v so far.</param>
    /// <param name="alpha">Probability of ever being wrong, in (0, 1).</param>
    public double Bound(double variance, double alpha) =>
        Math.Sqrt((variance + Rho) * ((2 * Math.Log(1 / alpha)) + Math.Log((variance + Rho) / Rho)));

    /// <summary>The same for an estimate: its variance is one over that of the sum.</summary>
    /// <param name="variance">Variance of the estimate.</param>
    /// <param name="alpha">Probability of ever being wrong, in (0, 1).</param>
    public double HalfWidth(double variance, double alpha) => variance * Bound(1 / variance, alpha);

    private static double Information(double alpha) => (2 * Math.Log(1 / alpha)) + Math.Log(1 + (2 * Math.Log(1 / alpha)));
}
