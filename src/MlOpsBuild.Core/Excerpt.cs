namespace MlOpsBuild.Core;

/// <summary>Cuts foreign text before it enters a message: a cell or a name may be of any length.</summary>
public static class Excerpt
{
    private const int Usual = 200;

    /// <summary>The beginning of <paramref name="text"/>, with … where there is more.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Most characters of it.</param>
    public static string Of(string text, int most = Usual) => text.Length > most ? text[..most] + "…" : text;
}
