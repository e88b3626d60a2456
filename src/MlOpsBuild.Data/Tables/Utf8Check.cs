using System.Globalization;
using System.Text.Unicode;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Tables;

/// <summary>Says where a file stops being UTF-8.</summary>
internal static class Utf8Check
{
    public static bool Passes(string name, ReadOnlySpan<byte> content, FindingCollector findings)
    {
        if (Utf8.IsValid(content))
        {
            return true;
        }

        var good = FirstBad(content);
        var line = content[..good].Count((byte)'\n') + 1;
        findings.Add("", new(
            "Not UTF-8", $"{name}, line {line}", string.Create(CultureInfo.InvariantCulture, $"byte 0x{content[good]:X2} at offset {good}"),
            "UTF-8 text", $"convert the file, for example: iconv -f WINDOWS-1252 -t UTF-8 {name}"));
        return false;
    }

    private static int FirstBad(ReadOnlySpan<byte> content)
    {
        var position = 0;
        while (System.Text.Rune.DecodeFromUtf8(content[position..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            position += length;
        }

        return position;
    }
}
