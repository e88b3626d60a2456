using System.Buffers.Binary;
using System.Text;

namespace MlOpsBuild.Packaging.Images;

/// <summary>What a native program or library of Linux says that it needs (System V ABI, ELF-64; little-endian).</summary>
/// <param name="Machine">The processor it is for, as the format numbers it.</param>
/// <param name="Interpreter">The program that starts it; null for a library.</param>
/// <param name="Needed">Libraries that are loaded with it, by name.</param>
internal sealed record ElfFile(int Machine, string? Interpreter, IReadOnlyList<string> Needed)
{
    /// <summary>Intel's and AMD's 64 bits.</summary>
    public const int X64 = 62;

    /// <summary>ARM's 64 bits.</summary>
    public const int Arm64 = 183;

    private const int HeaderBytes = 64;
    private const int DynamicSegment = 2;
    private const int InterpreterSegment = 3;
    private const int LoadSegment = 1;
    private const long NeededTag = 1;
    private const long StringsTag = 5;

    /// <summary>Reads a file; null where it is no such file.</summary>
    public static ElfFile? Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeaderBytes || !bytes.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
        {
            return null;
        }

        List<(int Type, long Offset, long Address, long Bytes)> segments = [.. Enumerable.Range(0, Short(bytes, 56))
            .Select(index => Segment(bytes, Long(bytes, 32) + (index * Short(bytes, 54))))];
        var interpreter = segments.Where(segment => segment.Type == InterpreterSegment)
            .Select(segment => Text(bytes, segment.Offset))
            .FirstOrDefault();
        var entries = segments.Where(segment => segment.Type == DynamicSegment)
            .SelectMany(segment => Dynamic(bytes, segment.Offset, segment.Bytes))
            .ToList();
        var strings = entries.Where(entry => entry.Tag == StringsTag).Select(entry => Offset(segments, entry.Value)).FirstOrDefault();
        return new(
            Short(bytes, 18), interpreter,
            [.. entries.Where(entry => entry.Tag == NeededTag).Select(entry => Text(bytes, strings + entry.Value))]);
    }

    private static (int Type, long Offset, long Address, long Bytes) Segment(byte[] bytes, long at) =>
        (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan((int)at)), Long(bytes, at + 8), Long(bytes, at + 16), Long(bytes, at + 32));

    private static IEnumerable<(long Tag, long Value)> Dynamic(byte[] bytes, long offset, long length)
    {
        for (var at = offset; at < offset + length && Long(bytes, at) != 0; at += 16)
        {
            yield return (Long(bytes, at), Long(bytes, at + 8));
        }
    }

    private static long Offset(List<(int Type, long Offset, long Address, long Bytes)> segments, long address) =>
        segments.Where(segment => segment.Type == LoadSegment && address >= segment.Address && address < segment.Address + segment.Bytes)
            .Select(segment => segment.Offset + address - segment.Address)
            .FirstOrDefault();

    private static string Text(byte[] bytes, long at)
    {
        var text = bytes.AsSpan((int)at);
        return Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
    }

    private static int Short(byte[] bytes, long at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((int)at));

    private static long Long(byte[] bytes, long at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan((int)at));
}
