using System.Buffers.Binary;

namespace MlOpsBuild.Core.Fields;

/// <summary>The first sixteen bytes of a text as two numbers, so that they are looked at at once; zero beyond its end.</summary>
/// <param name="Low">Its first eight bytes, the first one lowest.</param>
/// <param name="High">The eight that follow.</param>
/// <param name="Length">Bytes of the text, which may be longer.</param>
public readonly record struct ShortText(ulong Low, ulong High, int Length)
{
    /// <summary>Bytes that are held.</summary>
    public const int Most = 16;

    private const int Half = Most / 2;

    /// <summary>The beginning of a text.</summary>
    public static ShortText Of(ReadOnlySpan<byte> text) =>
        new(Eight(text), text.Length <= Half ? 0 : Eight(text[Half..]), text.Length);

    // Where there are fewer than eight, two reads that overlap hold them all.
    private static ulong Eight(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        return length >= Half ? BinaryPrimitives.ReadUInt64LittleEndian(text)
            : length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(text)
                | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[(length - 4)..]) << (8 * (length - 4)))
            : length == 0 ? 0
            : text[0] | ((ulong)text[length / 2] << (8 * (length / 2))) | ((ulong)text[length - 1] << (8 * (length - 1)));
    }
}
