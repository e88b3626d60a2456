using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Explaining;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring;

/// <summary>
/// A model that was fitted in single precision, on a fitted feature transform: its scores are the trainer's to the bit. Of three or more
/// classes each has a score of its own, fitted against the rest; their probabilities are brought to a sum of 1.
/// </summary>
public abstract record SinglePrecisionModel : TrainedModel, IExplainedModel
{
    /// <inheritdoc />
    [JsonIgnore]
    public abstract bool CanExplain { get; }

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

    /// <inheritdoc />
    public IReadOnlyList<Explanation> Explain(InputRow row)
    {
        if (!CanExplain)
        {
            throw new InvalidOperationException("This model carries no counts of its training rows: train it anew");
        }

        var design = new float[Transform.Width];
        Transform.Write(row, design);
        var columns = new double[design.Length];
        var explanations = new Explanation[Classes is { IsBinary: false } ? Classes.Names.Count : 1];
        for (var output = 0; output < explanations.Length; output++)
        {
            Array.Clear(columns);
            Contribute(design, output, columns);
            var (score, unit) = ((double)Score(design, output), ScoreUnit.Of(Classes, Target, Scale));
            if (Classes != null && CalibrationOf(output) is { } calibration)
            {
                // Of 1 / (1 + exp(slope × score + offset)) the logarithm of the odds is the negative exponent.
                score = -((calibration.Slope * score) + calibration.Offset);
                for (var column = 0; column < columns.Length; column++)
                {
                    columns[column] *= -calibration.Slope;
                }
            }
            else if (Classes != null)
            {
                unit = ScoreUnit.Probability;
            }

            explanations[output] = ContributionSum.Of(Transform, columns, unit, Classes?.Names[Classes.IsBinary ? 1 : output], score);
        }

        return explanations;
    }

    /// <summary>Adds what each column of a design row adds to the score, beside the average over the training rows.</summary>
    protected abstract void Contribute(ReadOnlySpan<float> design, int output, Span<double> columns);

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
