using System.Text;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Engine.IO;

/// <summary>
/// A pattern of paths below a folder: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders, <c>{a,b}</c> for either.
/// </summary>
internal sealed class GlobPattern
{
    private readonly Regex _regex;

    /// <param name="pattern">The pattern, with slashes.</param>
    public GlobPattern(string pattern)
    {
        var text = new StringBuilder("^");
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            text.Append(rest switch
            {
                ['*', '*', '/', ..] => "(?:[^/]+/)*",
                ['*', '*', ..] => ".*",
                ['*', ..] => "[^/]*",
                ['?', ..] => "[^/]",
                ['{', ..] => "(?:",
                ['}', ..] => ")",
                [',', ..] when pattern[..at].Count(letter => letter == '{') > pattern[..at].Count(letter => letter == '}') => "|",
                _ => Regex.Escape(pattern[at].ToString()),
            });
            at += rest.StartsWith("**/") ? 2 : rest.StartsWith("**") ? 1 : 0;
        }

        _regex = new(
            text.Append('$').ToString(),
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
                | (OperatingSystem.IsWindows() ? RegexOptions.IgnoreCase : RegexOptions.None));
    }

    /// <summary>Whether the path, relative and with slashes, is one of the pattern's.</summary>
    public bool Matches(string path) => _regex.IsMatch(path);
}
