using System.Globalization;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Core.Fields;

/// <summary>What one named value accepts: the same rule for a cell of a file and for a feature in a request.</summary>
/// <param name="Name">Header or feature name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Minimum">Smallest accepted value, or null.</param>
/// <param name="Maximum">Largest accepted value, or null.</param>
/// <param name="Categories">Accepted texts, or null for any.</param>
/// <param name="Optional">Whether it may be missing: an empty cell, a feature that is left out or null. Its number is NaN then.</param>
public sealed record FieldRule(
    string Name,
    FieldKind Kind,
    double? Minimum = null,
    double? Maximum = null,
    IReadOnlyList<string>? Categories = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Optional = false)
{
    /// <summary>How a time is written.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFF";

    /// <summary>Of a value that is taken from earlier rows: which; null for one that a row has of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PastValues? Past { get; init; }

    /// <summary>
    /// Of a time: where its clock hangs (an IANA name such as <c>Europe/Berlin</c>); null where texts with an offset are refused.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Zone { get; init; }

    /// <summary>What the rule accepts, in words.</summary>
    public string Describe()
    {
        if (Categories != null)
        {
            return $"one of {string.Join(", ", Categories)}";
        }

        var kind = Kind switch
        {
            FieldKind.Whole => "a whole number",
            FieldKind.Flag => "0 or 1",
            FieldKind.Date => "a date yyyy-MM-dd",
            FieldKind.Time => Zone == null ? "a time yyyy-MM-ddTHH:mm:ss" : $"a time yyyy-MM-ddTHH:mm:ss of {Zone}, or with its offset",
            FieldKind.Real => "a number",
            _ => "a text",
        };
        return kind + (Minimum, Maximum) switch
        {
            ({ } low, { } high) => $" from {Text(low)} to {Text(high)}",
            ({ } low, null) => $" of at least {Text(low)}",
            (null, { } high) => $" of at most {Text(high)}",
            _ => "",
        };
    }

    private string Text(double bound) => Kind is FieldKind.Date or FieldKind.Time
        ? DateOnly.FromDayNumber((int)bound).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : bound.ToString(CultureInfo.InvariantCulture);
}
