namespace MlOpsBuild.Modeling.Statistics;

/// <summary>
/// Takes out of each unit's value what was known of the unit before (Deng, Xu, Kohavi and Walker 2013, "Improving the sensitivity of online
/// controlled experiments by utilizing pre-experiment data"): Y − θ(X − X̄) with θ = cov(X, Y) / var(X) over both arms. Its mean differs
/// between the arms by the same effect, and its variance is 1 − ρ² times that of Y.
/// </summary>
/// <param name="Theta">θ; 0 where the units did not differ before.</param>
/// <param name="Center">X̄ over both arms.</param>
/// <param name="Correlation">ρ, the correlation of X and Y.</param>
public sealed record Cuped(double Theta, double Center, double Correlation)
{
    /// <summary>Nothing is taken out.</summary>
    public static Cuped None { get; } = new(0, 0, 0);

    /// <summary>What is left of the variance, 1 − ρ².</summary>
    public double VarianceLeft => 1 - (Correlation * Correlation);

    /// <summary>
    /// θ from the units of both arms: each arm's values from their own mean, so that an effect is no part of it; the covariate from its
    /// mean in the arm, too.
    /// </summary>
    /// <param name="arms">Values and covariates of each arm.</param>
    public static Cuped Of(params IReadOnlyList<(double[] Values, double[] Before)> arms)
    {
        var (covariance, before, values, center, count) = (0.0, 0.0, 0.0, 0.0, 0);
        foreach (var (y, x) in arms.Where(arm => arm.Values.Length > 0))
        {
            var (meanOfValues, meanBefore) = (y.Average(), x.Average());
            for (var unit = 0; unit < y.Length; unit++)
            {
                var (differs, differed) = (y[unit] - meanOfValues, x[unit] - meanBefore);
                covariance += differs * differed;
                before += differed * differed;
                values += differs * differs;
            }

            center += x.Sum();
            count += x.Length;
        }

        return before <= 0 || values <= 0
            ? None
            : new(covariance / before, center / count, covariance / Math.Sqrt(before * values));
    }

    /// <summary>The values without what was known before.</summary>
    public double[] Adjust(double[] values, double[] before) =>
        Theta == 0 ? values : [.. values.Zip(before, (value, known) => value - (Theta * (known - Center)))];
}
