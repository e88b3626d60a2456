using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Inference;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>Reads the rows that are shown: only hashes of the others were kept.</summary>
internal sealed class ExampleReader(
    RowComparisonInput input, IReadOnlyList<string> namesBefore, IReadOnlyList<string> namesNow, IReadOnlyList<string> columns, int keys)
{
    private const int MostCharacters = 60;
    private const string NotShown = "(not shown)";

    public async Task<IReadOnlyList<RowExample>> ReadAsync(DifferenceTally tally, CancellationToken cancellationToken)
    {
        var before = await RowsAsync(
            input.Before, namesBefore, [.. tally.FirstRemoved, .. tally.FirstChanged.Select(row => row.Before)], cancellationToken);
        var now = await RowsAsync(
            input.Now, namesNow, [.. tally.FirstAdded, .. tally.FirstChanged.Select(row => row.Now)], cancellationToken);
        return
        [
            .. tally.FirstRemoved.Select(place => new RowExample(
                RowChange.Removed, before[place].Place,
                [.. columns.Select((column, index) => new CellExample(column, before[place].Cells[index].Text, null))])),
            .. tally.FirstAdded.Select(place => new RowExample(
                RowChange.Added, now[place].Place,
                [.. columns.Select((column, index) => new CellExample(column, null, now[place].Cells[index].Text))])),
            .. tally.FirstChanged.Select(row => Changed(before[row.Before], now[row.Now])),
        ];
    }

    private RowExample Changed(Row before, Row now) => new(
        RowChange.Changed, now.Place,
        [.. columns.Select((column, index) => (column, Before: before.Cells[index], Now: now.Cells[index]))
            .Where((cell, index) => index < keys || cell.Before.Hash != cell.Now.Hash)
            .Select(cell => new CellExample(cell.column, cell.Before.Text, cell.Now.Text))]);

    private async Task<Dictionary<long, Row>> RowsAsync(
        IReadOnlyList<TableFile> files, IReadOnlyList<string> names, HashSet<long> places, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Row>();
        if (places.Count == 0)
        {
            return found;
        }

        // How a file is written is the same for all files of a table.
        var hash = new CellHash(files[0].Format);
        await foreach (var (batch, _, first) in new HashedRows(files, names, columns).ReadAsync(new Progress<string>(), cancellationToken))
        {
            foreach (var place in places.Where(place => place >= first && place < first + batch.Rows))
            {
                var row = (int)(place - first);
                found[place] = new(
                    batch.Place(row),
                    [.. columns.Select((column, index) => (Shown(column, batch, index, row), hash.Of(batch.Cell(index, row))))]);
            }

            if (found.Count == places.Count)
            {
                break;
            }
        }

        return found;
    }

    private string Shown(string column, RowBatch batch, int index, int row) =>
        input.Hidden.Contains(column) || PersonalColumn.IsNamed(column)
            ? NotShown
            : Excerpt.Of(Encoding.UTF8.GetString(batch.Cell(index, row).Text), MostCharacters);

    private sealed record Row(string Place, IReadOnlyList<(string Text, ulong Hash)> Cells);
}
