namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>What a document shows between two fences.</summary>
/// <param name="Document">The document's path in the repository.</param>
/// <param name="Heading">The heading of the second level above it, without signs; empty before the first.</param>
/// <param name="Language">What the fence says; commands have none, or <c>shell</c>.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record DocumentBlock(string Document, string Heading, string Language, IReadOnlyList<string> Lines)
{
    /// <summary>The documents that people read from the repository.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(BuiltRepository.Sources, "src", "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(BuiltRepository.Sources, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    /// <summary>Its commands: lines that begin with a prompt or a program, without the remark behind them.</summary>
    public IReadOnlyList<string> Commands => Language is not ("" or "shell")
        ? []
        : [.. Lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)
            || line.StartsWith("./", StringComparison.Ordinal)
            || line.StartsWith("docker ", StringComparison.Ordinal))
            .Select(line => line.StartsWith("$ ", StringComparison.Ordinal) ? line[2..] : line).Select(WithoutRemark)];

    /// <summary>The blocks of a document, in order.</summary>
    public static IReadOnlyList<DocumentBlock> Of(string document)
    {
        var blocks = new List<DocumentBlock>();
        var heading = "";
        List<string>? inside = null;
        var language = "";
        foreach (var line in File.ReadLines(Path.Combine(BuiltRepository.Sources, document)))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                if (inside != null)
                {
                    blocks.Add(new(document, heading, language, inside));
                }

                language = inside == null ? line.Trim().Trim('`') : "";
                inside = inside == null ? [] : null;
            }
            else if (inside != null)
            {
                inside.Add(line);
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                heading = line[3..];
            }
        }

        return blocks;
    }

    /// <summary>The text of the first block of a language that holds something.</summary>
    public static string TextOf(string document, string language, string holding) => string.Concat(Of(document)
        .First(block => block.Language == language && block.Lines.Any(line => line.Contains(holding, StringComparison.Ordinal)))
        .Lines.Select(line => line + "\n"));

    // Behind a command stands what it does, after "#" or in a column of its own.
    private static string WithoutRemark(string line)
    {
        var end = new[] { "  #", "   " }
            .Select(mark => line.IndexOf(mark, StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(line.Length)
            .Min();
        return line[..end].TrimEnd();
    }
}
