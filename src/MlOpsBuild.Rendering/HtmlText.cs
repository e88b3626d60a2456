namespace MlOpsBuild.Rendering;

/// <summary>Makes a value harmless in HTML, in text and in attributes.</summary>
internal static class HtmlText
{
    /// <summary>The value with the five signs that mean something.</summary>
    public static string Escape(string text) => string.Concat(text.Select(letter => letter switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => letter.ToString(),
    }));
}
