using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Files;

/// <summary>The rows of a file with the columns that were joined to them, which lie in a file of their own, row by row.</summary>
/// <param name="name">The file's name.</param>
/// <param name="rows">Its rows.</param>
/// <param name="joined">What was joined; its first column is the row's number and keeps lines from being empty.</param>
internal sealed class JoinedCursor(string name, IRowCursor rows, IRowCursor joined) : IRowCursor
{
    /// <summary>The name of the first column of joined files.</summary>
    public const string RowNumber = "row";

    public IReadOnlyList<string> Names { get; } = [.. rows.Names, .. joined.Names.Skip(1)];

    public string Unit => rows.Unit;

    public long Number => rows.Number;

    public Finding? Problem => rows.Problem;

    public bool Read() => rows.Read() && (joined.Read() ? true : throw new StageFailedException(new Finding(
        "MLB1081", "The joined values are not those of these rows", name, null, "as many rows of both",
        "run ./build.sh Doctor, which finds damaged files of the store")));

    public ValueTask<bool> LoadAsync(CancellationToken cancellationToken) => rows.LoadAsync(cancellationToken);

    public ReadOnlySpan<byte> Raw => rows.Raw;

    public ReadOnlySpan<byte> Cell(int position) =>
        position < rows.Names.Count ? rows.Cell(position) : joined.Cell(position - rows.Names.Count + 1);

    public async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync();
        await joined.DisposeAsync();
    }
}
