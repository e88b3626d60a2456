using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow;

/// <summary>Reads and writes which files stand for the sources of feature views: <c>NAME=FILE</c>.</summary>
internal static class ViewFiles
{
    /// <summary>Files by the view's name, from the project's folder on.</summary>
    /// <exception cref="UsageException">A word is not of that form.</exception>
    public static IReadOnlyDictionary<string, string> Parse(RunSession session, IReadOnlyList<string> words)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (word.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } file] || !files.TryAdd(name, Relative(session, file)))
            {
                throw new UsageException(new Finding(
                    "MLB7182", "Not a file of a feature view", "--view-data", word, "NAME=FILE, each name once",
                    "write the view's name before the file"));
            }
        }

        return files;
    }

    /// <summary>The words that say so.</summary>
    public static IEnumerable<string> Arguments(IReadOnlyCollection<KeyValuePair<string, string>> files) =>
        files.Count == 0 ? [] : ["--view-data", .. files.Select(file => $"{file.Key}={file.Value}")];

    private static string Relative(RunSession session, string file) =>
        Path.GetRelativePath(session.Root, Path.GetFullPath(file, session.Root));
}
