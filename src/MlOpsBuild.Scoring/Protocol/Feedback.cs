using System.Text.Json;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>A label that comes after its prediction.</summary>
/// <param name="Id">The prediction's id.</param>
/// <param name="Label">What really happened: a number in the target's unit, the name of a class, or how good a text was.</param>
public sealed record Feedback(string Id, JsonElement Label)
{
    /// <summary>What happened as a number: the label, or the position of its class; null where it is neither.</summary>
    /// <param name="classes">The classes; null where labels are numbers.</param>
    /// <param name="rated">Whether these say how good an answer was, from 0 to 1.</param>
    public double? Read(ClassSet? classes, bool rated = false)
    {
        if (rated)
        {
            return Read(null) is >= 0 and <= 1 and var rating ? rating : null;
        }

        if (classes == null)
        {
            return Label.ValueKind == JsonValueKind.Number && Label.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
        }

        return Label.ValueKind switch
        {
            JsonValueKind.String => classes.IndexOf(Label.GetString()!),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => classes.IndexOf(Label.GetRawText()),
            _ => null,
        };
    }
}
