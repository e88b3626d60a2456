using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Summaries;

/// <summary>A cell of a row.</summary>
/// <param name="text">Its text in UTF-8.</param>
internal readonly ref struct Cell(ReadOnlySpan<byte> text)
{
    /// <summary>Its text in UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The text's beginning.</summary>
    public ShortText Start => ShortText.Of(Text);
}
