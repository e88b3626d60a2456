using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Scoring;

/// <summary>A model that was fitted in single precision, on a fitted feature transform: its score is the trainer's to the bit.</summary>
public abstract record SinglePrecisionModel : TrainedModel
{
    /// <summary>The scale it was fitted on.</summary>
    public required TargetTransform Scale { get; init; }

    /// <summary>Input row → design row.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <inheritdoc />
    public sealed override double Predict(ReadOnlySpan<double> row)
    {
        Span<float> design = Transform.Width <= FeatureTransform.OnStack ? stackalloc float[Transform.Width] : new float[Transform.Width];
        Transform.Write(row, design);
        return Scale.Undo(Score(design));
    }

    /// <summary>The score of a design row, before the target's scale is undone.</summary>
    public abstract float Score(ReadOnlySpan<float> design);
}
