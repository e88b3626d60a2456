using System.Globalization;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Inference;

/// <summary>Writes contracts as the records that declare them.</summary>
public static class RecordText
{
    /// <summary>The record.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Its columns.</param>
    public static string Of(string name, IReadOnlyList<ColumnContract> columns) =>
        $"public sealed record {name}(\n{string.Join(",\n", columns.Select(column => "    " + Of(column)))});\n";

    /// <summary>One property of it, on one line.</summary>
    public static string Of(ColumnContract column)
    {
        var attributes = string.Join(", ", Attributes(column));
        return $"{(attributes.Length > 0 ? $"[property: {attributes}] " : "")}{TypeOf(column)}{(column.Nullable ? "?" : "")} {column.Property}";
    }

    /// <summary>A text as C# writes it.</summary>
    public static string Quoted(string text) => "\"" + string.Concat(text.Select(letter => letter switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        _ when IsUnseen(letter) => $"\\u{(int)letter:x4}",
        _ => letter.ToString(),
    })) + "\"";

    // What ends a line for the compiler, and what a reader of the source does not see.
    private static bool IsUnseen(char letter) => char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static IEnumerable<string> Attributes(ColumnContract column)
    {
        if (column.Name != column.Property)
        {
            yield return $"Column({Quoted(column.Name)})";
        }

        if (column.Timestamp is { } part)
        {
            yield return part == TimestampPart.Day ? "Timestamp" : $"Timestamp(TimestampPart.{part})";
        }

        if (column.Rule is { Minimum: not null } or { Maximum: not null })
        {
            yield return $"Range({Number(column.Rule.Minimum ?? double.NegativeInfinity)}, {Number(column.Rule.Maximum ?? double.PositiveInfinity)})";
        }

        if (column.Rule.Categories is { } categories)
        {
            yield return $"Categories({string.Join(", ", categories.Select(Quoted))})";
        }

        if (column.Rule.Zone is { } zone && zone != "UTC")
        {
            yield return $"Zone({Quoted(zone)})";
        }

        if (column.Unique && column.Role != ColumnRole.Identifier)
        {
            yield return "Unique";
        }

        if (column.PersonalData)
        {
            yield return "PersonalData";
        }

        switch (column.Role)
        {
            case ColumnRole.Label:
                yield return column.Positive is { } positive ? $"Label(positive: {Quoted(positive)})" : "Label";
                break;
            case ColumnRole.Leak:
                yield return $"Leak({Quoted(column.Note ?? "")})";
                break;
            case ColumnRole.Identifier:
                yield return "Identifier";
                break;
        }
    }

    private static string TypeOf(ColumnContract column) => column.Rule.Kind switch
    {
        FieldKind.Real => "double",
        FieldKind.Whole => column.Rule.Maximum > int.MaxValue
            || column.Rule.Minimum < int.MinValue
            || column.Rule is { Maximum: null, Categories: null }
            ? "long"
            : "int",
        FieldKind.Flag => "bool",
        FieldKind.Date => "DateOnly",
        FieldKind.Time => column.Rule.Zone == "UTC" ? "DateTimeOffset" : "DateTime",
        _ => "string",
    };

    private static string Number(double value) => double.IsNegativeInfinity(value) ? "double.NegativeInfinity"
        : double.IsPositiveInfinity(value) ? "double.PositiveInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
