using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Engine.Output;

/// <summary>A place in a file of the repository.</summary>
/// <param name="File">Path relative to the root, with slashes.</param>
/// <param name="Line">Line from 1 on.</param>
internal sealed record SourceLocation(string File, int Line)
{
    private const int MostCharacters = 2000;

    // Without backtracking the time is linear in the text, whatever stands in it; a limit in milliseconds would
    // find less on a loaded machine.
    private static readonly Regex Named = new(
        @"(?<file>[\w./\\-]+\.\w+):(?<line>\d{1,7})\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly Regex Framed = new(
        @" in (?<file>[^\r\n]+):line (?<line>\d{1,7})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>
    /// The place a failure names in its message (<c>data/hours.csv:17</c>), else the first of our sources on its
    /// stack; null when there is none.
    /// </summary>
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
                if (!relative.StartsWith("..", StringComparison.Ordinal)
                    && int.TryParse(place.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
                {
                    return new(relative, line);
                }
            }
        }

        return null;
    }

    // A message may hold a cell of a file, of any length and content: a place stands at its beginning.
    private static IEnumerable<Match> Places(Exception failure)
    {
        var message = failure.Message.Length > MostCharacters ? failure.Message[..MostCharacters] : failure.Message;
        var stacks = new List<string>();
        for (var cause = failure; cause != null; cause = cause.InnerException)
        {
            stacks.Add(cause.StackTrace ?? "");
        }

        stacks.Reverse();
        return Named.Matches(message).Concat(stacks.SelectMany(stack => Framed.Matches(stack)));
    }
}
