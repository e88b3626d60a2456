using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring;

/// <summary>
/// A generalised additive model: a constant and one step function per column, summed. The score is the trainer's to the bit.
/// </summary>
public sealed record GamModel : SinglePrecisionModel
{
    /// <summary>One; of three or more classes one for each.</summary>
    public required IReadOnlyList<StepSum> Outputs { get; init; }

    /// <inheritdoc />
    public override float Score(ReadOnlySpan<float> design, int output) => Outputs[output].Score(design);

    /// <inheritdoc />
    protected override Calibration? CalibrationOf(int output) => Outputs[output].Calibration;
}
