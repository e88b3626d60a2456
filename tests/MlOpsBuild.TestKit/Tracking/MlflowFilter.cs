using System.Text.RegularExpressions;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>MLflow's words for a search, as far as equality goes: <c>tags.`a.b` = 'c' and run_id = 'd'</c>.</summary>
internal static partial class MlflowFilter
{
    /// <summary>The comparisons: a field of the thing itself, or <c>tags.</c> and a tag.</summary>
    public static IReadOnlyList<(string Field, string Value)> Parse(string filter)
    {
        var comparisons = new List<(string, string)>();
        foreach (var part in filter.Length == 0 ? [] : And().Split(filter))
        {
            var match = Comparison().Match(part.Trim());
            if (!match.Success)
            {
                throw MlflowRefusal.Invalid($"Invalid clause(s) in filter string: '{part}'");
            }

            var field = match.Groups["bare"].Success ? match.Groups["bare"].Value : "tags." + match.Groups["tag"].Value;
            comparisons.Add((field, match.Groups["value"].Value));
        }

        return comparisons;
    }

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    // A tag with a period in its name stands in backticks or double quotes.
    [GeneratedRegex("""^((?<bare>[a-z_]+)|tags\.(`(?<tag>[^`]+)`|"(?<tag>[^"]+)"|(?<tag>[A-Za-z0-9_]+)))\s*=\s*'(?<value>[^']*)'$""")]
    private static partial Regex Comparison();
}
