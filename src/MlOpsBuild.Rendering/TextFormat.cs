namespace MlOpsBuild.Rendering;

/// <summary>A format that templates are written in: how values are made harmless in it.</summary>
/// <param name="Name">Its name, which is also that of the escaping function in templates.</param>
/// <param name="Escape">A value → its text in that format.</param>
public sealed record TextFormat(string Name, Func<string, string> Escape)
{
    /// <summary>Markdown as code hosts read it.</summary>
    public static TextFormat Markdown { get; } = new("md", MarkdownText.Escape);

    /// <summary>HTML: text and values of attributes in quotes.</summary>
    public static TextFormat Html { get; } = new("html", HtmlText.Escape);

    /// <summary>YAML: a scalar in double quotes, which can be nothing else.</summary>
    public static TextFormat Yaml { get; } = new("yaml", YamlText.Quote);

    /// <summary>Groovy: a text in single quotes, in which nothing is filled in.</summary>
    public static TextFormat Groovy { get; } = new("groovy", GroovyText.Quote);

    /// <summary>Text for terminals and mail: values are what they are, without signs that steer a terminal.</summary>
    public static TextFormat Plain { get; } = new("text", text => string.Concat(text.Where(letter => !char.IsControl(letter))));

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<TextFormat> All { get; } = [Markdown, Html, Yaml, Groovy, Plain];
}
