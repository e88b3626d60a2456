using System.Buffers;
using System.Security.Cryptography;

namespace MlOpsBuild.Data.Sources.Dvc;

// DVC names content by MD5. It shows that a file is the wrong one by mistake; what a model is made of is named by SHA-256.
#pragma warning disable CA5351

/// <summary>The digests by which DVC names content.</summary>
internal static class DvcDigest
{
    private const int Chunk = 1 << 20;
    private const int Looked = 512;
    private const double MostForeign = 0.3;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<byte> TextBytes =
        SearchValues.Create([.. Enumerable.Range(32, 95).Select(value => (byte)value), .. "\n\r\t\f\b"u8]);

    /// <summary>The 32 digits of a file's MD5.</summary>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await MD5.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>The 32 digits of some bytes.</summary>
    public static string Of(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));

    /// <summary>
    /// As before DVC 3.0: megabyte by megabyte, carriage returns before line feeds left out where the first 512 bytes of it look like text
    /// (no NUL, at most 30 % that are not printable ASCII).
    /// </summary>
    public static async Task<string> OfTextAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var (buffer, count) = (new byte[Chunk], 0);
        while ((count = await stream.ReadAtLeastAsync(buffer, Chunk, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            hash.AppendData(LooksLikeText(buffer.AsSpan(0, Math.Min(count, Looked)))
                ? WithoutReturns(buffer.AsSpan(0, count))
                : buffer.AsSpan(0, count));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether a text is 32 digits of a digest.</summary>
    public static bool IsOne(string? text) => text is { Length: 32 } && text.AsSpan().IndexOfAnyExcept(Hex) < 0;

    private static bool LooksLikeText(ReadOnlySpan<byte> head)
    {
        if (head.Contains((byte)0))
        {
            return false;
        }

        var foreign = 0;
        foreach (var value in head)
        {
            foreign += TextBytes.Contains(value) ? 0 : 1;
        }

        return foreign <= MostForeign * head.Length;
    }

    private static ReadOnlySpan<byte> WithoutReturns(Span<byte> content)
    {
        var kept = 0;
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] != '\r' || i + 1 == content.Length || content[i + 1] != '\n')
            {
                content[kept++] = content[i];
            }
        }

        return content[..kept];
    }
}
