using System.Runtime.CompilerServices;

namespace MlOpsBuild.Store.Audit;

/// <summary>Reads a file of lines in blocks of whole lines, so that a long one is never in memory as a whole.</summary>
internal static class LineBlocks
{
    private const int Length = 1 << 20;
    private const byte End = (byte)'\n';

    /// <summary>Blocks from <paramref name="from"/> on, oldest first; each is gone when the next is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ForwardsAsync(
        string path, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var file = Open(path);
        var (buffer, kept, at) = (new byte[Length], 0, from);
        while (await RandomAccess.ReadAsync(file, buffer.AsMemory(kept), at, cancellationToken) is > 0 and var read)
        {
            (at, kept) = (at + read, kept + read);
            var whole = buffer.AsSpan(0, kept).LastIndexOf(End) + 1;
            if (whole > 0)
            {
                yield return buffer.AsMemory(0, whole);
                buffer.AsSpan(whole, kept - whole).CopyTo(buffer);
                kept -= whole;
            }
            else if (kept == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        if (kept > 0)
        {
            yield return buffer.AsMemory(0, kept);
        }
    }

    /// <summary>Lines from <paramref name="from"/> on, each with the place where it ends.</summary>
    public static async IAsyncEnumerable<(ReadOnlyMemory<byte> Text, long End)> LinesAsync(
        string path, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = from;
        await foreach (var block in ForwardsAsync(path, from, cancellationToken))
        {
            for (var rest = block; rest.Length > 0;)
            {
                var length = rest.Span.IndexOf(End) + 1;
                var line = length == 0 ? rest : rest[..length];
                (at, rest) = (at + line.Length, rest[line.Length..]);
                yield return (line, at);
            }
        }
    }

    /// <summary>Blocks from the end to the beginning.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> BackwardsAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var file = Open(path);
        var (end, rest) = (RandomAccess.GetLength(file), Array.Empty<byte>());
        while (end > 0)
        {
            var start = Math.Max(0, end - Length);
            var block = new byte[end - start + rest.Length];
            var read = 0;
            while (read < end - start
                && await RandomAccess.ReadAsync(file, block.AsMemory(read, (int)(end - start) - read), start + read, cancellationToken)
                    is > 0 and var part)
            {
                read += part;
            }

            rest.CopyTo(block, read);

            // The first line may begin further in front.
            var first = start == 0 ? 0 : Array.IndexOf(block, End) + 1;
            (end, rest) = (start, start > 0 && first == 0 ? block : block[..first]);
            if (first < block.Length && (start == 0 || first > 0))
            {
                yield return block.AsMemory(first);
            }
        }
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
