namespace MlOpsBuild.Data.Files;

/// <summary>Rows that follow one another, each with all cells, none of which has quotes or spaces around it.</summary>
internal readonly ref struct RowBlock
{
    /// <summary>Their lines.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Where <see cref="Text"/> begins in what <see cref="Ends"/> counts.</summary>
    public required int Start { get; init; }

    /// <summary>Where their cells end, row by row; the last one of a row at its line feed.</summary>
    public required ReadOnlySpan<int> Ends { get; init; }

    /// <summary>How many there are.</summary>
    public required int Rows { get; init; }

    /// <summary>The line of the first one.</summary>
    public required long Line { get; init; }
}
