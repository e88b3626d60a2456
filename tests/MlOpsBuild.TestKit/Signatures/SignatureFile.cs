namespace MlOpsBuild.TestKit.Signatures;

/// <summary>Reads rows of NUKE's signatures: a heading for each type, a row for each member, <c># </c> before remarks.</summary>
public static class SignatureFile
{
    private const string HeadingMark = "## ";

    /// <summary>The types in <paramref name="path"/>.</summary>
    public static IReadOnlyList<SignatureSection> Read(string path)
    {
        var sections = new List<SignatureSection>();
        var rows = new List<string>();
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)))
        {
            if (line.StartsWith(HeadingMark, StringComparison.Ordinal))
            {
                rows = [];
                sections.Add(new(line[HeadingMark.Length..], rows));
            }
            else
            {
                rows.Add(line);
            }
        }

        return sections;
    }
}
