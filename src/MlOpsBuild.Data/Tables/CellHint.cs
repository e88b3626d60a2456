using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables;

/// <summary>Shows a cell that is wrong, and says what to do about it.</summary>
internal static class CellHint
{
    private const int MostCharacters = 200;
    private static readonly string[] UsualMissing =
    [
        "?", "-", "--", ".", "NA", "N/A", "NaN", "NAN", "NULL", "NIL", "NONE", "MISSING", "UNKNOWN", "#N/A"
    ];

    /// <summary>The cell, at most 200 characters of it.</summary>
    public static string Shown(ReadOnlySpan<byte> cell) =>
        Excerpt.Of(Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 4 * (MostCharacters + 1))]), MostCharacters);

    /// <summary>The next step; null where nothing better than to correct the row is known.</summary>
    public static string? For(ColumnContract column, ReadOnlySpan<byte> cell)
    {
        if (cell.Length > MostCharacters || column.PersonalData)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(cell);
        return Array.Exists(UsualMissing, usual => usual.Equals(text, StringComparison.OrdinalIgnoreCase))
            ? $"if it means that a value is missing, declare Missing = [\"{text}\"] and let {column.Property} be null"
            : column.Rule.Kind is FieldKind.Real or FieldKind.Whole && IsNumber(text.Replace(',', '.')) && text.Count(',') == 1
                ? "if the comma stands before decimals, declare DecimalComma = true"
            : column.Rule.Kind == FieldKind.Time && column.Rule.Zone == null && text.Length > 10
                && (text[^1] == 'Z' || text[10..].IndexOfAny(['+', '-']) > 0)
                ? $"let {column.Property} be a DateTimeOffset, or declare where its clock hangs"
            : null;
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
