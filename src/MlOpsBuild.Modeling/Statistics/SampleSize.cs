using MathNet.Numerics.Distributions;

namespace MlOpsBuild.Modeling.Statistics;

/// <summary>
/// How many units of both arms show an effect: (z + z_power)² σ² (g/p + 1/(1 − p)) / δ², where z is how many standard errors an effect must
/// be away from 0, p the share of the arm that has the effect, and g how much more its values vary. With equal arms, g = 1, z = 1.96 and a
/// power of 80 % that is the rule of 16 σ²/δ² units an arm (Lehr 1992; van Belle 2008, "Statistical Rules of Thumb", 2.1).
/// </summary>
/// <param name="variance">Variance σ² of a unit's value, after what was known before is taken out.</param>
/// <param name="share">The share p of units in the arm with the effect, in (0, 1).</param>
/// <param name="power">Probability of seeing an effect that is there, in (0, 1).</param>
/// <param name="growth">How many times as large the variance is in that arm.</param>
public sealed class SampleSize(double variance, double share, double power, double growth = 1)
{
    private double Spread => variance * ((growth / share) + (1 / (1 - share)));

    /// <summary>Standard errors for a single look.</summary>
    /// <param name="alpha">Probability of seeing an effect that is not there.</param>
    public static double AtOneLook(double alpha) => Normal.InvCDF(0, 1, 1 - (alpha / 2));

    /// <summary>Standard errors for as many looks as one likes.</summary>
    /// <inheritdoc cref="AtOneLook" />
    public static double AtAnyLook(double alpha) => NormalMixture.StandardErrors(alpha);

    /// <summary>Units of both arms together.</summary>
    /// <param name="effect">The effect δ.</param>
    /// <param name="errors">Standard errors that it must be away from 0.</param>
    public double Units(double effect, double errors) =>
        Math.Ceiling(Square(errors + Normal.InvCDF(0, 1, power)) * Spread / Square(effect));

    /// <summary>The effect that so many units show.</summary>
    /// <param name="units">Units of both arms together.</param>
    /// <param name="errors">Standard errors that it must be away from 0.</param>
    public double Effect(double units, double errors) => (errors + Normal.InvCDF(0, 1, power)) * Math.Sqrt(Spread / units);

    /// <summary>Variance of the difference of both means with so many units.</summary>
    public double VarianceWith(double units) => Spread / units;

    private static double Square(double value) => value * value;
}
