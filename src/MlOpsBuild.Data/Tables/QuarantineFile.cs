using System.Text;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Tables;

/// <summary>Writes rows that break a promise to a CSV file, each with where it was and why; personal values are hidden.</summary>
public sealed class QuarantineFile(string path) : IDisposable
{
    private const string Hidden = "***";
    private StreamWriter? _writer;

    /// <inheritdoc />
    public void Dispose() => _writer?.Dispose();

    internal void Add(string file, IRowCursor row, DataContract contract, int[] positions, IReadOnlyList<RowProblem> problems)
    {
        _writer ??= Begin(contract);
        var cells = contract.Columns.Index().Select(column => row.Problem != null ? ""
            : column.Item.PersonalData ? Hidden
            : Encoding.UTF8.GetString(row.Cell(positions[column.Index])));
        var reasons =
            problems.Select(problem => problem.Column != null ? $"{problem.Column}: {problem.Finding.What}"
                : problem.Finding.Value is { } broken and not Hidden ? $"{problem.Finding.What}: {broken}"
                : problem.Finding.What);
        Write([file, $"{row.Unit} {row.Number}", string.Join("; ", reasons), .. cells]);
    }

    private StreamWriter Begin(DataContract contract)
    {
        _writer = new(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        Write(["file", "place", "reasons", .. contract.Columns.Select(column => column.Name)]);
        return _writer;
    }

    private void Write(IEnumerable<string> cells) => _writer!.WriteLine(CsvLine.Of(cells));
}
