using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Scoring;

/// <summary>A linear model on a fitted feature transform.</summary>
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
    public override double Predict(ReadOnlySpan<double> row)
    {
        Span<double> design = Coefficients.Length <= FeatureTransform.OnStack ? stackalloc double[Coefficients.Length] : new double[Coefficients.Length];
        Transform.Write(row, design);
        var sum = Intercept;
        for (var i = 0; i < design.Length; i++)
        {
            sum += design[i] * Coefficients[i];
        }

        return Scale.Undo(sum);
    }
}
