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

    private static readonly string[] TimeFormats =
        [TimeFormat, "yyyy-MM-dd HH:mm:ss.FFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    /// <summary>Of a value that is taken from earlier rows: which; null for one that a row has of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PastValues? Past { get; init; }

    /// <summary>The number for <paramref name="text"/>; when the rule is broken, <paramref name="problem"/> says how in two words.</summary>
    public double Parse(string text, out string? problem)
    {
        var value = Convert(text, out var known);
        problem = !known ? Kind == FieldKind.Category ? "Unknown category" : "Wrong type"
            : value < Minimum || value > Maximum ? "Out of range"
            : Categories != null && Kind != FieldKind.Category && !Categories.Contains(text) ? "Unknown category"
            : null;
        return problem == null ? value : double.NaN;
    }

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
            FieldKind.Time => "a time yyyy-MM-ddTHH:mm:ss",
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

    private double Convert(string text, out bool known)
    {
        double number;
        switch (Kind)
        {
            case FieldKind.Whole:
                known = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole);
                return whole;
            case FieldKind.Flag:
                known = text is "0" or "1" or "true" or "false";
                return text is "1" or "true" ? 1 : 0;
            case FieldKind.Date:
                known = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
                return date.DayNumber;
            case FieldKind.Time:
                known = DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
                return Days.Of(time);
            case FieldKind.Category:
                number = Categories?.ToList().IndexOf(text) ?? -1;
                known = number >= 0;
                return number;
            case FieldKind.Text:
                known = true;
                return double.NaN;
            default:
                known = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
                return number;
        }
    }
}
