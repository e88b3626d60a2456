using System.Text.Json.Serialization;

namespace MlOpsBuild.Modeling.Explaining;

/// <summary>A value of an input and the mean prediction there.</summary>
/// <param name="Value">The value; of texts its position.</param>
/// <param name="Prediction">The mean.</param>
/// <param name="Text">The text, or null.</param>
public sealed record DependencePoint(
    double Value, double Prediction, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null);
