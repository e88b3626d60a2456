using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Trees;

/// <summary>A function of one column that is constant between bounds.</summary>
/// <param name="Column">Column of the design row.</param>
/// <param name="UpperBounds">Ascending; a value belongs to the first bin whose bound it does not exceed, a
/// missing one to the first bin.</param>
/// <param name="Effects">Value of each bin.</param>
/// <param name="Mean">The value on average over the training rows; null where nobody counted.</param>
public sealed record StepFunction(
    int Column,
    [property: JsonConverter(typeof(OneLineArray<double>))] double[] UpperBounds,
    [property: JsonConverter(typeof(OneLineArray<double>))] double[] Effects,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mean = null)
{
    /// <summary>The effect of <paramref name="value"/>.</summary>
    public double Value(float value)
    {
        if (float.IsNaN(value))
        {
            return Effects[0];
        }

        var bin = Array.BinarySearch(UpperBounds, value);
        return Effects[Math.Min(bin >= 0 ? bin : ~bin, Effects.Length - 1)];
    }
}
