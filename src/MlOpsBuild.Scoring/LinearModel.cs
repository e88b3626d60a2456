using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Explaining;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring;

/// <summary>
/// A linear model on a fitted feature transform: of a number; or of two classes, where it gives ln(p / (1 − p)) of the positive one.
/// </summary>
public sealed record LinearModel : TrainedModel, IExplainedModel
{
    /// <inheritdoc />
    [JsonIgnore]
    public bool CanExplain => Means != null;

    /// <summary>The scale it was fitted on.</summary>
    public required TargetTransform Scale { get; init; }

    /// <summary>Input row → design row.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <summary>The constant.</summary>
    public required double Intercept { get; init; }

    /// <summary>One per design column.</summary>
    public required double[] Coefficients { get; init; }

    /// <summary>Mean of each design column over the training rows; null in models from before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Means { get; init; }

    /// <inheritdoc />
    public IReadOnlyList<Explanation> Explain(InputRow row)
    {
        var design = new double[Coefficients.Length];
        Transform.Write(row, design);
        return
        [
            ContributionSum.Of(
                Transform, Products(Coefficients, design, Means), ScoreUnit.Of(Classes, Target, Scale), Classes?.Names[1],
                Sum(Intercept, Coefficients, design)),
        ];
    }

    /// <inheritdoc />
    protected override Prediction Compute(InputRow row)
    {
        Span<double> design = Coefficients.Length <= FeatureTransform.OnStack
            ? stackalloc double[Coefficients.Length]
            : new double[Coefficients.Length];
        Transform.Write(row, design);
        var sum = Sum(Intercept, Coefficients, design);
        return Classes == null ? Scale.Undo(sum) : 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>What each column adds beside its mean: Shapley values of a linear model whose columns are independent.</summary>
    internal static double[] Products(double[] coefficients, double[] design, double[]? means) => means == null
        ? throw new InvalidOperationException("This model carries no means of its training rows: train it anew")
        : [.. design.Select((value, column) => coefficients[column] * (value - means[column]))];

    internal static double Sum(double intercept, double[] coefficients, ReadOnlySpan<double> design)
    {
        var sum = intercept;
        for (var i = 0; i < design.Length; i++)
        {
            sum += design[i] * coefficients[i];
        }

        return sum;
    }
}
