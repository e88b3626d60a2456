using System.Text;

namespace MlOpsBuild.Engine.Output;

/// <summary>
/// A table of plain words that fits: letter for letter what the library makes of it, which takes a hundred times as long and is felt where
/// there are thousands of rows.
/// </summary>
internal static class PlainTable
{
    private const string Narrow = "–…→·≤≥";

    /// <summary>The table as text; null where something of it would have to be wrapped, or is not as wide as it is long.</summary>
    /// <param name="headers">Heads of the columns.</param>
    /// <param name="rows">Cells.</param>
    /// <param name="width">What it may take.</param>
    public static string? TryOf(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        var widths = new int[headers.Count];
        foreach (var row in rows.Prepend(headers))
        {
            if (row.Count != widths.Length)
            {
                return null;
            }

            for (var column = 0; column < widths.Length; column++)
            {
                if (!IsPlain(row[column]))
                {
                    return null;
                }

                widths[column] = Math.Max(widths[column], row[column].Length);
            }
        }

        var whole = widths.Sum(one => one + 3) + 1;
        if (rows.Count == 0 || widths.Length == 0 || whole > width)
        {
            return null;
        }

        var edge = $"+{new string('-', whole - 2)}+\n";
        var text = new StringBuilder(edge);
        Add(text, headers, widths);
        text.Append('|').AppendJoin('+', widths.Select(one => new string('-', one + 2))).Append("|\n");
        foreach (var row in rows)
        {
            Add(text, row, widths);
        }

        return text.Append(edge).ToString();
    }

    private static void Add(StringBuilder text, IReadOnlyList<string> row, int[] widths)
    {
        for (var column = 0; column < widths.Length; column++)
        {
            text.Append("| ").Append(row[column]).Append(' ', widths[column] - row[column].Length + 1);
        }

        text.Append("|\n");
    }

    private static bool IsPlain(string cell)
    {
        if (cell.Length == 0)
        {
            return true;
        }

        foreach (var letter in cell)
        {
            if (letter is not ((>= ' ' and <= '~') or (>= '\u00c0' and <= '\u017f')) && !Narrow.Contains(letter, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return cell[0] != ' ' && cell[^1] != ' ';
    }
}
