using System.Text.RegularExpressions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>What runs uploaded, in folders.</summary>
internal sealed class ActionsArtifacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Names of a run's artifacts.</summary>
    public IReadOnlyList<string> Of(long run) =>
        Directory.Exists(_folder[$"{run}"])
            ? [.. Directory.GetDirectories(_folder[$"{run}"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Paths of an artifact's files, with slashes.</summary>
    public IReadOnlyList<string> Files(long run, string name) =>
        [.. Directory.GetFiles(FolderOf(run, name), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(FolderOf(run, name), path))
            .Order(StringComparer.Ordinal)];

    /// <summary>The text of a file of an artifact.</summary>
    public string Read(long run, string name, string file) => File.ReadAllText(Path.Combine(FolderOf(run, name), file));

    /// <summary>
    /// Keeps files of a workspace under the deepest folder that all patterns share, as the action does; returns how many.
    /// </summary>
    public int Upload(long run, string name, string workspace, IReadOnlyList<string> patterns, bool withHidden)
    {
        var roots = patterns.Select(pattern => Root(workspace, pattern)).ToList();
        var shared = roots.Aggregate(Shared);
        var files = patterns.Zip(roots).SelectMany(pair => Found(workspace, pair.First, pair.Second, withHidden)).Distinct().ToList();
        foreach (var file in files)
        {
            var target = Path.Combine(FolderOf(run, name), Path.GetRelativePath(shared, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: false); // the host refuses a second artifact of the same name
        }

        return files.Count;
    }

    /// <summary>Puts an artifact's files into a folder; false when there is none.</summary>
    public bool Download(long run, string name, string target)
    {
        if (!Directory.Exists(FolderOf(run, name)))
        {
            return false;
        }

        foreach (var file in Files(run, name))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, file))!);
            File.Copy(Path.Combine(FolderOf(run, name), file), Path.Combine(target, file), overwrite: true);
        }

        return true;
    }

    public void Dispose() => _folder.Dispose();

    private string FolderOf(long run, string name) => _folder[$"{run}/{name}"];

    private static string Root(string workspace, string pattern)
    {
        var path = Path.GetFullPath(Path.Combine(workspace, string.Join('/', pattern.Split('/').TakeWhile(part => !part.Contains('*')))));
        return File.Exists(path) ? Path.GetDirectoryName(path)! : path.TrimEnd('/');
    }

    private static string Shared(string first, string second)
    {
        var parts = first.Split('/').Zip(second.Split('/')).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First);
        return string.Join('/', parts);
    }

    private static IEnumerable<string> Found(string workspace, string pattern, string root, bool withHidden)
    {
        var whole = Path.GetFullPath(Path.Combine(workspace, pattern)).TrimEnd('/');
        if (File.Exists(whole))
        {
            return [whole];
        }

        var matching = new Regex("^"
            + Regex.Escape(whole)
                .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
                .Replace(@"\*\*", ".*", StringComparison.Ordinal)
                .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            + "(/.*)?$");
        return !Directory.Exists(root) ? [] : Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => matching.IsMatch(file)
                && (withHidden || !Path.GetRelativePath(root, file).Split('/').Any(part => part.StartsWith('.'))));
    }
}
