using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring;

/// <summary>A generalised additive model: a constant and one step function per column, summed. The score is the trainer's to the bit.</summary>
public sealed record GamModel : SinglePrecisionModel
{
    /// <summary>The constant.</summary>
    public required double Bias { get; init; }

    /// <summary>One per column that has an effect.</summary>
    public required IReadOnlyList<StepFunction> Steps { get; init; }

    /// <inheritdoc />
    public override float Score(ReadOnlySpan<float> design)
    {
        var sum = Bias;
        foreach (var steps in Steps)
        {
            sum += steps.Value(design[steps.Column]);
        }

        return (float)sum;
    }
}
