using System.Text;
using MlOpsBuild.Data.Sketches;

namespace MlOpsBuild.Data.Summaries;

/// <summary>What was kept of a column → what it looks like.</summary>
internal static class ColumnSummarizer
{
    private const int MostValues = 10;

    public static ColumnSummary Of(ColumnSketch column, TimeSummary? times)
    {
        var kind = KindOf(column);
        var present = Enum.GetValues<CellKind>().Where(other => other != CellKind.Missing).Sum(column.Cells);
        return new(
            column.Name, kind, present, column.Cells(CellKind.Missing),
            column.Distinct is { } estimate ? Math.Min(present, (long)Math.Round(estimate)) : Counted(column),
            column.IsExact ? 0 : DistinctSketch.RelativeError)
        {
            Others = present - column.Cells(kind) - (kind == CellKind.Number ? column.Cells(CellKind.Flag) : 0),
            IsHidden = column.IsHidden,
            Numbers = kind is CellKind.Number or CellKind.Flag && !column.IsHidden ? NumberSummarizer.Of(column) : null,
            Times = kind == CellKind.Time && !column.IsHidden ? times : null,
            Lengths = kind == CellKind.Text ? [column.Lengths.Shortest, column.Lengths.Longest] : null,
            Top = column.IsHidden ? [] : Top(column),
            TopUndercount = column.Texts.Undercount,
            Promises = column.Promises,
        };
    }

    // A column without values is one of missing cells.
    private static CellKind KindOf(ColumnSketch column)
    {
        CellKind[] kinds = [CellKind.Number, CellKind.Time, CellKind.Flag, CellKind.Text];
        var most = kinds.MaxBy(column.Cells);
        return column.Cells(most) == 0 ? CellKind.Missing : most;
    }

    private static long Counted(ColumnSketch column)
    {
        var (values, texts) = (new HashSet<double>(), 0L);
        for (var i = 0; i < column.Texts.Count; i++)
        {
            ref readonly var text = ref column.Texts[i];
            texts += text.Kind != CellKind.Missing && (!text.IsItsValue || values.Add(text.Value + 0.0)) ? 1 : 0;
        }

        return texts;
    }

    private static IReadOnlyList<FrequentValue> Top(ColumnSketch column)
    {
        // Values that occur once are nothing that occurs often; nor are those that others, which were forgotten, may outnumber.
        var fewest = Math.Max(1, column.Texts.Undercount);
        var (counted, counts) = (new List<int>(), new List<long>());
        for (var at = 0; at < column.Texts.Count; at++)
        {
            if (column.Texts[at].Kind != CellKind.Missing && column.Texts.CountOf(at) > fewest)
            {
                counted.Add(at);
                counts.Add(column.Texts.CountOf(at));
            }
        }

        counts.Sort();
        var least = counts.Count > MostValues ? counts[^MostValues] : 0;
        return
        [
            .. counted.Where(at => column.Texts.CountOf(at) >= least)
                .Select(at => new FrequentValue(Shown(column, at), column.Texts.CountOf(at)))
                .OrderByDescending(value => value.Count).ThenBy(value => value.Text, StringComparer.Ordinal).Take(MostValues),
        ];
    }

    private static string Shown(ColumnSketch column, int at)
    {
        ref readonly var text = ref column.Texts[at];
        var shown = Encoding.UTF8.GetString(column.Texts.BytesOf(at));
        return text.Length > FrequentTexts.MostBytes ? shown.TrimEnd('\uFFFD') + "…" : shown;
    }
}
