using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Engine.Output;

/// <summary>A place in a file of the repository.</summary>
/// <param name="File">Path relative to the root, with slashes.</param>
/// <param name="Line">Line from 1 on.</param>
internal sealed partial record SourceLocation(string File, int Line)
{
    /// <summary>The place a failure names in its message (<c>data/hours.csv:17</c>), else the first of our sources on its stack; null when there is none.</summary>
    public static SourceLocation? Of(Exception failure, string root)
    {
        var places = Named().Matches(failure.Message).Concat(Framed().Matches(failure.ToString()));
        foreach (var place in places)
        {
            // Deterministic builds write the root as /src/.
            var name = place.Groups["file"].Value;
            string[] candidates = [name, name.StartsWith("/src/", StringComparison.Ordinal) ? name["/src/".Length..] : name];
            foreach (var path in candidates.Select(candidate => Path.GetFullPath(candidate, root)).Where(System.IO.File.Exists))
            {
                var relative = Path.GetRelativePath(root, path).Replace('\\', '/');
                if (!relative.StartsWith("..", StringComparison.Ordinal) && int.TryParse(place.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
                {
                    return new(relative, line);
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"(?<file>[\w./\\-]+\.\w+):(?<line>\d{1,7})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(@" in (?<file>[^\r\n]+):line (?<line>\d{1,7})", RegexOptions.CultureInvariant)]
    private static partial Regex Framed();
}
