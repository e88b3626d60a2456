namespace MlOpsBuild.Data.Summaries;

/// <summary>The cells of a column in some rows.</summary>
/// <param name="text">What they lie in; behind each of them there are sixteen bytes more.</param>
/// <param name="places">Where each begins, and its bytes.</param>
internal readonly ref struct ColumnCells(ReadOnlySpan<byte> text, ReadOnlySpan<(int Start, int Length)> places)
{
    /// <summary>What they lie in; behind each of them there are sixteen bytes more.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Where each begins, and its bytes.</summary>
    public ReadOnlySpan<(int Start, int Length)> Places { get; } = places;

    /// <summary>How many there are.</summary>
    public int Count => Places.Length;

    /// <summary>A cell.</summary>
    public Cell this[int row] => new(Text.Slice(Places[row].Start, Places[row].Length));
}
