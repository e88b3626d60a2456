using System.Globalization;
using System.Text.Json;

namespace MlOpsBuild.Core.Fields;

/// <summary>Numbers of fields → the texts that <see cref="FieldParser"/> reads back to them.</summary>
public static class FieldWriter
{
    private const string Null = "null";

    /// <summary>The text of a value; null where it is missing.</summary>
    /// <param name="rule">The field.</param>
    /// <param name="value">Its number; NaN where it is missing.</param>
    /// <param name="text">What a free text says.</param>
    public static string? Text(FieldRule rule, double value, string? text) => double.IsNaN(value) ? null : rule.Kind switch
    {
        FieldKind.Text => text,
        FieldKind.Category => rule.Categories![(int)value],
        FieldKind.Date => DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldKind.Time => Days.ToTime(value).ToString(FieldRule.TimeFormat, CultureInfo.InvariantCulture),
        FieldKind.Whole or FieldKind.Flag => ((long)value).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The same as JSON: a number, a text, or null.</summary>
    public static string Json(FieldRule rule, double value, string? text) => Text(rule, value, text) is not { } written ? Null
        : rule.Kind is FieldKind.Real or FieldKind.Whole or FieldKind.Flag ? written
        : $"\"{JsonEncodedText.Encode(written)}\"";
}
