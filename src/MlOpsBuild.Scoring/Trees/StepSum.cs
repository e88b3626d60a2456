using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Trees;

/// <summary>A constant and step functions that make one score.</summary>
/// <param name="Bias">The constant.</param>
/// <param name="Steps">One per column that has an effect.</param>
/// <param name="Calibration">How the score becomes a probability; null where it does not.</param>
public sealed record StepSum(
    double Bias,
    IReadOnlyList<StepFunction> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Calibration? Calibration)
{
    /// <summary>The score of a design row.</summary>
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
