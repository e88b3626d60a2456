using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MlOpsBuild.Core.Files;

/// <summary>Linux' own answer to what a file is: it knows the time of the last change, which the runtime does not tell.</summary>
internal static partial class UnixFile
{
    private const int CurrentFolder = -100;
    private const uint TypeAndBasics = 0x7ff;
    private const int RegularFile = 0x8000;
    private const int TypeMask = 0xf000;
    private const int AnswerBytes = 256;

    /// <summary>The stamp; null where the path leads to no regular file.</summary>
    public static FileStamp? TryStamp(string path)
    {
        // The layout of struct statx (linux/stat.h) is the same on every architecture.
        Span<byte> answer = stackalloc byte[AnswerBytes];
        return Ask(CurrentFolder, path, 0, TypeAndBasics, answer) == 0
            && (BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]) & TypeMask) == RegularFile
            ? new(
                BinaryPrimitives.ReadInt64LittleEndian(answer[40..]), Ticks(answer[112..]), Ticks(answer[96..]),
                BinaryPrimitives.ReadUInt64LittleEndian(answer[32..]))
            : null;
    }

    // Nanoseconds are cut to ticks of 100; the settling time is far longer.
    private static long Ticks(ReadOnlySpan<byte> time) =>
        DateTime.UnixEpoch.Ticks + (BinaryPrimitives.ReadInt64LittleEndian(time) * TimeSpan.TicksPerSecond)
            + (BinaryPrimitives.ReadUInt32LittleEndian(time[8..]) / 100);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Ask(int folder, string path, int flags, uint mask, Span<byte> answer);
}
