using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Files;

/// <summary>The rows of one file, read forward; cells are texts in UTF-8.</summary>
internal interface IRowCursor : IAsyncDisposable
{
    /// <summary>The columns' names in file order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What rows are counted in: lines or rows.</summary>
    string Unit { get; }

    /// <summary>Where the row is: a line from 1 on, or a row where a file has no lines.</summary>
    long Number { get; }

    /// <summary>What is wrong with the row as a whole, so that it has no cells; null where nothing is.</summary>
    Finding? Problem { get; }

    /// <summary>Goes to the next row; false at the end of what is loaded.</summary>
    bool Read();

    /// <summary>
    /// Goes beyond sound rows that follow, which can be read as they are, and gives them at once; none where the next one has to be read.
    /// </summary>
    /// <param name="most">How many at most.</param>
    RowBlock Take(int most) => default;

    /// <summary>Loads more rows; false at the end of the file.</summary>
    ValueTask<bool> LoadAsync(CancellationToken cancellationToken) => new(false);

    /// <summary>The row as it stands in the file, where its cells mostly lie in it; empty where they lie elsewhere.</summary>
    ReadOnlySpan<byte> Raw => default;

    /// <summary>A cell of the row, valid until the next one is read; empty where it is missing.</summary>
    ReadOnlySpan<byte> Cell(int position);
}
