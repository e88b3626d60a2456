using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Engine.Output;

/// <summary>A place in a file of the repository.</summary>
/// <param name="File">Path relative to the root, with slashes.</param>
/// <param name="Line">Line from 1 on.</param>
internal sealed partial record SourceLocation(string File, int Line)
{
    private const int MostCharacters = 2000;
    private const int MostMilliseconds = 500;

    /// <summary>The place a failure names in its message (<c>data/hours.csv:17</c>), else the first of our sources on its stack; null when there is none.</summary>
    public static SourceLocation? Of(Exception failure, string root)
    {
        foreach (var place in Places(failure))
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

    // A message may hold a cell of a file, of any length and content: a place stands at its beginning, and a search that takes long finds nothing.
    private static List<Match> Places(Exception failure)
    {
        try
        {
            var message = failure.Message.Length > MostCharacters ? failure.Message[..MostCharacters] : failure.Message;
            var stacks = new List<string>();
            for (var cause = failure; cause != null; cause = cause.InnerException)
            {
                stacks.Add(cause.StackTrace ?? "");
            }

            stacks.Reverse();
            return [.. Named().Matches(message).Concat(stacks.SelectMany(stack => Framed().Matches(stack)))];
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"(?<file>[\w./\\-]+\.\w+):(?<line>\d{1,7})\b", RegexOptions.CultureInvariant, MostMilliseconds)]
    private static partial Regex Named();

    [GeneratedRegex(@" in (?<file>[^\r\n]+):line (?<line>\d{1,7})", RegexOptions.CultureInvariant, MostMilliseconds)]
    private static partial Regex Framed();
}
