using System.Text;
using HandlebarsDotNet;

namespace MlOpsBuild.Reporting.Rendering;

/// <summary>Makes a value harmless in Markdown: no markup, no HTML, no mention, no table cell of its own.</summary>
internal sealed class MarkdownEncoder : ITextEncoder
{
    private const string Marked = "\\`*_{}[]#|~";

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) => Encode<IEnumerator<char>>((text ?? "").GetEnumerator(), target);

    public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
    {
        while (text != null && text.MoveNext())
        {
            var letter = text.Current;
            target.Write(letter switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => "@\u200b",
                '\r' => "",
                '\n' => " ",
                _ when Marked.Contains(letter, StringComparison.Ordinal) => "\\" + letter,
                _ => letter.ToString(),
            });
        }
    }
}
