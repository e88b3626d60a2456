using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring;

/// <summary>
/// A linear model on a fitted feature transform: of a number; or of two classes, where it gives ln(p / (1 − p)) of the positive one.
/// </summary>
public sealed record LinearModel : TrainedModel
{
    /// <summary>The scale it was fitted on.</summary>
    public required TargetTransform Scale { get; init; }

    /// <summary>Input row → design row.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <summary>The constant.</summary>
    public required double Intercept { get; init; }

    /// <summary>One per design column.</summary>
    public required double[] Coefficients { get; init; }

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
