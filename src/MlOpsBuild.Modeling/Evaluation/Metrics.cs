using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>The regression metrics.</summary>
public static class Metrics
{
    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public static Metric Rmse { get; } = new("RMSE", Direction.LowerIsBetter);

    /// <summary>Mean absolute error, in the target's unit.</summary>
    public static Metric Mae { get; } = new("MAE", Direction.LowerIsBetter);

    /// <summary>Mean of prediction minus label, in the target's unit.</summary>
    public static Metric Bias { get; } = new("Bias", Direction.LowerIsBetter);

    /// <summary>Coefficient of determination: 1 − Σ(y − ŷ)² / Σ(y − ȳ)².</summary>
    public static Metric RSquared { get; } = new("R²", Direction.HigherIsBetter);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Metric> All { get; } = [Rmse, Mae, RSquared, Bias];
}
