using System.Buffers;

namespace MlOpsBuild.Core;

/// <summary>Cuts foreign text before it enters a message: a cell or a name may be of any length.</summary>
public static class Excerpt
{
    private const int Usual = 200;

    // Characters that turn the direction of what follows.
    private static readonly SearchValues<char> Turning = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>The same on one line, without what a terminal would obey or what reads in another order than it stands.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Most characters of it.</param>
    public static string Line(string text, int most = Usual) => Of(
        string.Join(' ', string.Concat(text.Select(letter => char.IsControl(letter) || Turning.Contains(letter) ? ' ' : letter))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        most);

    /// <summary>
    /// The same with what a terminal would obey, and what turns the direction of reading, written by its code point; line breaks and
    /// tabs stay.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Visible(string text) => text.Any(IsObeyed)
        ? string.Concat(text.Select(letter => IsObeyed(letter) ? FormattableString.Invariant($"\\u{(int)letter:X4}") : letter.ToString()))
        : text;

    private static bool IsObeyed(char letter) =>
        (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) || Turning.Contains(letter);

    /// <summary>The beginning of <paramref name="text"/>, with … where there is more.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Most characters of it.</param>
    public static string Of(string text, int most = Usual) => text.Length > most ? text[..most] + "…" : text;
}
