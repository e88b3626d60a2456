using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>
/// A regression metric computed from sums over blocks, so that a bootstrap replicate costs one addition per block.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Direction">Which way it improves.</param>
public sealed record Metric(string Name, Direction Direction)
{
    private const double Rounding = 1e-12;

    /// <summary>What it charges for one row. A bias is a sum of both signs and no loss: it is charged by its size.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RowLoss Loss => Name is "RMSE" or "R²" ? RowLoss.SquaredError : RowLoss.AbsoluteError;

    /// <summary>The value that is judged: of a metric whose best value is zero, the distance from it. A bias of −50 is no better than one of 50.</summary>
    public double Judged(ErrorSums sums) => Name == "Bias" ? Math.Abs(Of(sums)) : Of(sums);

    /// <summary>Whether <paramref name="value"/> cannot be improved by more than <paramref name="rounding"/>.</summary>
    public bool IsBest(double value, double rounding) => Name == "R²" ? value >= 1 - rounding : Math.Abs(value) <= rounding;

    /// <summary>The value for <paramref name="sums"/>; NaN when undefined (no rows, constant labels for R²).</summary>
    public double Of(ErrorSums sums) => Name switch
    {
        "RMSE" => Math.Sqrt(sums.Squared / sums.Rows),
        "MAE" => sums.Absolute / sums.Rows,
        "Bias" => sums.Error / sums.Rows,
        // Labels that are equal but for rounding have no variation to explain.
        "R²" => sums.LabelSpread > Rounding * Rounding * sums.Labels * sums.Labels / sums.Rows ? 1 - (sums.Squared / sums.LabelSpread) : double.NaN,
        _ => throw new ArgumentOutOfRangeException(nameof(sums), Name, "Known metrics are RMSE, MAE, Bias and R²."),
    };
}
