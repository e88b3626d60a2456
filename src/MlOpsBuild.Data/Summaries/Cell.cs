using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Summaries;

/// <summary>A cell of a row.</summary>
/// <param name="bytes">Its text in UTF-8, and perhaps what stands behind it.</param>
/// <param name="start">The text's beginning.</param>
internal readonly ref struct Cell(ReadOnlySpan<byte> bytes, ShortText start)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The text's beginning.</summary>
    public ShortText Start { get; } = start;

    /// <summary>Its text in UTF-8.</summary>
    public ReadOnlySpan<byte> Text => _bytes[..Start.Length];
}
