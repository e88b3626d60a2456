using System.Globalization;
using System.Text;
using System.Text.Unicode;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Files;

/// <summary>Passes UTF-8 on and says where it stops being that.</summary>
internal sealed class Utf8Stream(string name, ReadOnlyMemory<byte> head, Stream rest) : JoinedStream(head, rest)
{
    private const int LongestCharacter = 4;
    private readonly byte[] _open = new byte[LongestCharacter];
    private int _openBytes;
    private long _line = 1;
    private long _offset;

    public override int Read(Span<byte> buffer)
    {
        var count = base.Read(buffer);
        Check(buffer[..count], atEnd: count == 0 && buffer.Length > 0);
        return count;
    }

    // A character may lie on both sides of what two calls read.
    private void Check(ReadOnlySpan<byte> bytes, bool atEnd)
    {
        var from = 0;
        while (_openBytes > 0 && (from < bytes.Length || atEnd))
        {
            if (atEnd)
            {
                throw Broken(_open, _openBytes);
            }

            _open[_openBytes++] = bytes[from++];
            var status = Rune.DecodeFromUtf8(_open.AsSpan(0, _openBytes), out _, out _);
            if (status == System.Buffers.OperationStatus.InvalidData)
            {
                throw Broken(_open, _openBytes);
            }

            (_offset, _openBytes) = status == System.Buffers.OperationStatus.Done ? (_offset + _openBytes, 0) : (_offset, _openBytes);
        }

        var whole = bytes[from..];
        var open = OpenAtTheEnd(whole);
        if (!Utf8.IsValid(whole[..^open]))
        {
            var position = 0;
            while (Rune.DecodeFromUtf8(whole[position..], out _, out var length) == System.Buffers.OperationStatus.Done)
            {
                position += length;
            }

            _line += whole[..position].Count((byte)'\n');
            _offset += position;
            throw Broken(whole[position..], whole.Length - position);
        }

        _line += whole.Count((byte)'\n');
        _offset += whole.Length - open;
        whole[^open..].CopyTo(_open);
        _openBytes = open;
    }

    private static int OpenAtTheEnd(ReadOnlySpan<byte> bytes)
    {
        for (var count = 1; count < LongestCharacter && count <= bytes.Length; count++)
        {
            var first = bytes[^count];
            if ((first & 0xC0) != 0x80)
            {
                return first >= 0xC0 && Rune.DecodeFromUtf8(bytes[^count..], out _, out _) == System.Buffers.OperationStatus.NeedMoreData
                    ? count
                    : 0;
            }
        }

        return 0;
    }

    private StageFailedException Broken(ReadOnlySpan<byte> at, int length)
    {
        var zeros = at[..length].Length > 1 && at[1] == 0;
        return new(new(
            "MLB1040", "Not UTF-8", $"{name}, line {_line}",
            string.Create(CultureInfo.InvariantCulture, $"byte 0x{at[0]:X2} at offset {_offset}"), "UTF-8 text",
            $"declare how it is written, for example Encoding = \"{(zeros ? "utf-16" : "windows-1252")}\", or convert it: iconv -f {(zeros ? "UTF-16" : "WINDOWS-1252")} -t UTF-8"));
    }
}
