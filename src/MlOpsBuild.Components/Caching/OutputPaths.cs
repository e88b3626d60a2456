using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;

namespace MlOpsBuild.Components.Caching;

/// <summary>Where a target may make files: below the checkout, and not where state, history or the build's own settings are.</summary>
internal static class OutputPaths
{
    private static readonly string[] Reserved = [".mlops", ".git", ".nuke"];

    /// <summary>The declared outputs, from the root on, with slashes.</summary>
    /// <exception cref="UsageException">There is none, or one of them is no place for outputs; all of them at once.</exception>
    public static IReadOnlyList<string> Of(string target, CacheRule rule, string root)
    {
        var paths = rule.Outputs.Select(path => (Said: path, Path: SlashPath.From(root, Path.GetFullPath(path, root)).TrimEnd('/')))
            .ToList();
        var findings = paths.Where(path => !IsPlace(path.Path))
            .Select(path => new Finding(
                "MLB7076", "No place for outputs", $"{target}: .Outputs", path.Said,
                "files and folders below the root directory, by name, not in .git, .mlops or .nuke", "correct the path"))
            .ToList();
        if (rule.Outputs.Count == 0)
        {
            findings.Add(new(
                "MLB7077", "A target with inputs has no outputs", target, null, ".Outputs with the files that it makes",
                "declare them; a target without outputs has nothing to restore: leave .Inputs out"));
        }

        return findings.Count == 0
            ? [.. paths.Select(path => path.Path).Distinct().Order(StringComparer.Ordinal)]
            : throw new UsageException($"The outputs of {target} are wrong", findings);
    }

    private static bool IsPlace(string path) =>
        path != "." && path.Split('/')[0] != ".." && !Path.IsPathRooted(path) && path.AsSpan().IndexOfAny('*', '?') < 0
            && !Reserved.Contains(path.Split('/')[0], StringComparer.OrdinalIgnoreCase);
}
