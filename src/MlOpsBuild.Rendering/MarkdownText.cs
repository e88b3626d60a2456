using System.Text.RegularExpressions;

namespace MlOpsBuild.Rendering;

/// <summary>
/// Makes a value harmless in Markdown: no markup, no HTML, no mention, no reference, no address that becomes a
/// link, no table cell of its own.
/// </summary>
internal static partial class MarkdownText
{
    private const string Marked = "\\`*_{}[]|~";

    // Breaks what hosts turn into links by themselves, and is not seen.
    private const char Nothing = '\u200b';

    /// <summary>The value as text.</summary>
    public static string Escape(string text) => string.Concat(
        Address().Replace(text, match => match.Value.Insert(match.Length == 3 ? 1 : 3, Nothing.ToString())).Select(letter => letter switch
        {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '@' or '#' => $"{(letter == '#' ? "\\" : "")}{letter}{Nothing}",
            '\r' => "",
            '\n' => " ",
            _ when IsTurning(letter) => "",
            _ when Marked.Contains(letter, StringComparison.Ordinal) => "\\" + letter,
            _ => letter.ToString(),
        }));

    // Signs that turn the direction of writing make a text look like another.
    private static bool IsTurning(char letter) => letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    [GeneratedRegex(@"://|www\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
