using System.Globalization;
using System.Text;

namespace MlOpsBuild.Core.Fields;

/// <summary>Finds characters that nobody sees: a message that shows the text alone would name no cause.</summary>
public static class InvisibleCharacter
{
    /// <summary>The problem in words, for example <c>Invisible character U+0000</c>; null where every character shows.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="inText">Whether it is a free text, which may hold line breaks, tabs, joiners and spaces of any width.</param>
    public static string? In(ReadOnlySpan<byte> utf8, bool inText = false)
    {
        if (!utf8.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return null;
        }

        while (utf8.Length > 0)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            utf8 = utf8[length..];
            if (inText ? Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r') : rune.Value != ' ' && IsInvisible(rune))
            {
                return string.Create(CultureInfo.InvariantCulture, $"Invisible character U+{rune.Value:X4}");
            }
        }

        return null;
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
