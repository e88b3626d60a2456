using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring;

/// <summary>A generalised additive model: a constant and one step function per column, summed. The score is the trainer's to the bit.</summary>
public sealed record GamModel : TrainedModel
{
    /// <summary>The scale it was fitted on.</summary>
    public required TargetTransform Scale { get; init; }

    /// <summary>Input row → design row.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <summary>The constant.</summary>
    public required double Bias { get; init; }

    /// <summary>One per column that has an effect.</summary>
    public required IReadOnlyList<StepFunction> Steps { get; init; }

    /// <inheritdoc />
    public override double Predict(ReadOnlySpan<double> row)
    {
        Span<float> design = Transform.Width <= FeatureTransform.OnStack ? stackalloc float[Transform.Width] : new float[Transform.Width];
        Transform.Write(row, design);
        return Scale.Undo(Score(design));
    }

    /// <summary>The score of a design row, before the target's scale is undone.</summary>
    public float Score(ReadOnlySpan<float> design)
    {
        var sum = Bias;
        foreach (var steps in Steps)
        {
            sum += steps.Value(design[steps.Column]);
        }

        return (float)sum;
    }
}
