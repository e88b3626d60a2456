using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Views;

namespace MlOpsBuild.Data.Stages;

/// <summary>
/// Gives each row of a snapshot the values that feature views had at its moment; no row sees the future. The outputs <c>00000.csv</c>, …
/// hold the joined columns of each file, row by row: rows are read one after the other, only the views' are held in memory.
/// </summary>
public sealed class JoinStage : Stage<JoinInput, JoinedRows>
{
    private const int RowsBetweenLooks = 4096;

    /// <inheritdoc />
    public override string Name => "join";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(JoinInput input) =>
        [.. input.Snapshot.Key, StageInput.Of("contract", input.Contract), .. input.Views.SelectMany(view => view.Key)];

    /// <inheritdoc />
    public override async Task<JoinedRows> RunAsync(
        JoinInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var views = new List<(ViewJoin, ViewRows)>();
        foreach (var view in input.Views)
        {
            views.Add((view.Join, await view.ReadAsync(cancellationToken)));
        }

        var joiner = new RowJoiner(input.Contract, views);
        foreach (var (position, file) in input.Snapshot.Tables.Index())
        {
            var path = Path.Combine(outputDirectory, string.Create(CultureInfo.InvariantCulture, $"{position:00000}.csv"));
            await using var writer = new StreamWriter(path) { NewLine = "\n" };
            await writer.WriteLineAsync(Formats.CsvLine.Of(input.Columns.Prepend(JoinedCursor.RowNumber)));
            await JoinAsync(file, joiner, writer, cancellationToken);
        }

        return new(joiner.Tallies);
    }

    // What cannot be read is left to the validation, which reads the same rows and says all that is wrong with them.
    private static async Task JoinAsync(TableFile file, RowJoiner joiner, StreamWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await using var rows = await file.OpenRowsAsync(joiner.Needed, hidesValues: true, cancellationToken);
            if (!joiner.BeginFile(file.Format, rows.Names))
            {
                return;
            }

            var number = 0L;
            do
            {
                while (rows.Read())
                {
                    if (number++ % RowsBetweenLooks == 0)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                    }

                    await writer.WriteLineAsync(Formats.CsvLine.Of(
                        joiner.Join(rows).Prepend(number.ToString(CultureInfo.InvariantCulture))));
                }
            }
            while (await rows.LoadAsync(cancellationToken));
        }
        catch (Exception problem) when (problem is StageFailedException || TableReader.IsDamage(problem))
        {
            await writer.FlushAsync(cancellationToken);
        }
    }
}
