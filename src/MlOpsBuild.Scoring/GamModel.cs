using System.Text.Json.Serialization;
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
    [JsonIgnore]
    public override bool CanExplain => Outputs.All(output => output.Steps.All(step => step.Mean != null));

    /// <inheritdoc />
    public override float Score(ReadOnlySpan<float> design, int output) => Outputs[output].Score(design);

    /// <inheritdoc />
    protected override void Contribute(ReadOnlySpan<float> design, int output, Span<double> columns)
    {
        foreach (var step in Outputs[output].Steps)
        {
            columns[step.Column] += step.Value(design[step.Column]) - step.Mean!.Value;
        }
    }

    /// <inheritdoc />
    protected override Calibration? CalibrationOf(int output) => Outputs[output].Calibration;
}
