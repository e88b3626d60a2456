using System.Text;

namespace MlOpsBuild.Engine.Output;

/// <summary>Rows one below the other, a line for each cell: where a table would have to cut words in two.</summary>
internal static class StackedRows
{
    private const int Between = 2;

    /// <summary>Whether no layout of the table has every word in one piece.</summary>
    /// <param name="headers">Heads of the columns.</param>
    /// <param name="rows">Cells.</param>
    /// <param name="width">What the table may take.</param>
    public static bool AreNeeded(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows, int width) =>
        headers.Select((header, column) => rows.Select(row => row[column]).Append(header).Max(LongestWord)).Sum() + (3 * headers.Count) + 1
            > width;

    /// <summary>The rows as text; cells without a word are left out.</summary>
    public static string Of(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        var (text, left) = (new StringBuilder(), headers.Max(header => header.Length) + Between);
        foreach (var row in rows)
        {
            foreach (var (header, cell) in headers.Zip(row).Where(pair => pair.Second.Length > 0))
            {
                var lines = TextWrap.Of(cell, Math.Max(1, width - left)).Split('\n');
                text.Append(header.PadRight(left)).Append(string.Join('\n' + new string(' ', left), lines)).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static int LongestWord(string cell) => cell.Split(' ', '\n').Max(word => word.Length);
}
