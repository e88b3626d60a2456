using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Formats;

namespace MlOpsBuild.Data.Files;

/// <summary>A file unpacked and in UTF-8, with its beginning at hand.</summary>
internal sealed record SourceText(byte[] Head, bool IsWhole, Stream Stream)
{
    private const int HeadBytes = 1 << 16;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The encoding of that name that refuses what it cannot read; null for an unknown name.</summary>
    public static Encoding? EncodingOf(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(
                name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its shown name.</param>
    /// <param name="file">Its bytes; closed with the result.</param>
    /// <param name="format">What is declared of it.</param>
    /// <exception cref="StageFailedException">It is no text.</exception>
    public static SourceText Open(string name, Stream file, TableFormat format)
    {
        var (bytes, stream) = Unpacked(name, file);
        if (format.Encoding is { } declared && EncodingOf(declared) is { } encoding && encoding.CodePage != Encoding.UTF8.CodePage)
        {
            (bytes, stream) = Decoded(bytes, stream, encoding);
        }
        else if (MarkOf(bytes) is { } marked)
        {
            (bytes, stream) = Decoded(bytes, stream, marked);
        }
        else if (bytes.Length >= 4 && bytes.AsSpan(0, Math.Min(bytes.Length, 64)).Count((byte)0) * 3 > Math.Min(bytes.Length, 64))
        {
            throw new StageFailedException(new(
                "MLB1040", "Not UTF-8", $"{name}, line 1", "a zero in every second byte", "UTF-8 text",
                "it looks like UTF-16: declare Encoding = \"utf-16\" (or \"utf-16BE\"), or convert it: iconv -f UTF-16LE -t UTF-8"));
        }

        var head = bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        return new(head, bytes.Length < HeadBytes, new Utf8Stream(name, head, stream));
    }

    /// <summary>Reads as much as there is, at most a head's length.</summary>
    public static byte[] ReadHead(Stream stream)
    {
        var head = new byte[HeadBytes];
        return head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }

    private static (byte[] Head, Stream Following) Unpacked(string name, Stream file)
    {
        var head = ReadHead(file);
        if (head is not [0x1F, 0x8B, ..])
        {
            return (head, file);
        }

        var unpacked = PackedFile.Open(name, new JoinedStream(head, file));
        return (ReadHead(unpacked), unpacked);
    }

    private static (byte[] Head, Stream Following) Decoded(byte[] head, Stream rest, Encoding encoding)
    {
        var decoded = Encoding.CreateTranscodingStream(new JoinedStream(head, rest), encoding, Encoding.UTF8);
        return (ReadHead(decoded), decoded);
    }

    private static Encoding? MarkOf(byte[] head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(false, true, true),
        [0xFF, 0xFE, ..] => new UnicodeEncoding(false, true, true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(true, true, true),
        _ => null,
    };
}
