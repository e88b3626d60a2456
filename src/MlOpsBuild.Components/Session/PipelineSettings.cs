using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Session;

/// <summary>Reads <c>--set name=value …</c>.</summary>
internal static class PipelineSettings
{
    public static Dictionary<string, string> Parse(IReadOnlyList<string> words)
    {
        var wrong = words.Where(word => word.IndexOf('=', StringComparison.Ordinal) <= 0).ToList();
        return wrong.Count == 0
            ? words.Select(word => word.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.Last()[1])
            : throw new UsageException("--set is not usable", [.. wrong.Select(word => new Finding("Not a setting", "--set", word, "name=value", "for example --set l2=10"))]);
    }
}
