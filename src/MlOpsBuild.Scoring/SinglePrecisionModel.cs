using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring;

/// <summary>
/// A model that was fitted in single precision, on a fitted feature transform: its scores are the trainer's to the bit. Of three or more
/// classes each has a score of its own, fitted against the rest; their probabilities are brought to a sum of 1.
/// </summary>
public abstract record SinglePrecisionModel : TrainedModel
{
    /// <summary>The scale it was fitted on.</summary>
    public required TargetTransform Scale { get; init; }

    /// <summary>Input row → design row.</summary>
    public required FeatureTransform Transform { get; init; }

    /// <inheritdoc />
    protected sealed override Prediction Compute(InputRow row)
    {
        Span<float> design = Transform.Width <= FeatureTransform.OnStack ? stackalloc float[Transform.Width] : new float[Transform.Width];
        Transform.Write(row, design);
        if (Classes == null)
        {
            return Scale.Undo(Score(design, 0));
        }

        return Classes.IsBinary ? Probability(design, 0) : Each(design, Classes.Names.Count);
    }

    /// <summary>The score of a design row, before the target's scale is undone or a probability made of it.</summary>
    /// <param name="design">The design row.</param>
    /// <param name="output">Of three or more classes the class, else 0.</param>
    public abstract float Score(ReadOnlySpan<float> design, int output);

    /// <summary>How scores become probabilities; null where they are.</summary>
    protected abstract Calibration? CalibrationOf(int output);

    /// <summary>The probability of a class, as it was fitted against the rest.</summary>
    public float Probability(ReadOnlySpan<float> design, int output) =>
        Score(design, output) is var score && CalibrationOf(output) is { } calibration
            ? calibration.Probability(score)
            : Math.Clamp(score, 0, 1);

    private Prediction Each(ReadOnlySpan<float> design, int classes)
    {
        var each = new double[classes];
        var sum = 0.0;
        for (var output = 0; output < classes; output++)
        {
            sum += each[output] = Probability(design, output);
        }

        for (var output = 0; output < classes; output++)
        {
            each[output] = sum > 0 ? each[output] / sum : 1.0 / classes;
        }

        return new(each);
    }
}
