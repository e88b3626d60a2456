using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Sources;

/// <summary>Finds and hashes the files of a source.</summary>
public static class SourceFiles
{
    /// <summary>The files of <paramref name="source"/> with their digests, ordered by path; none for a simulator.</summary>
    /// <exception cref="UsageException">No file matches.</exception>
    public static async Task<IReadOnlyList<Artifact>> FindAsync(DataSource source, string root, CancellationToken cancellationToken)
    {
        if (source.Pattern is not { } pattern)
        {
            return [];
        }

        var full = Path.GetFullPath(pattern, root);
        var folder = Path.GetDirectoryName(full)!;
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(full)).Order(StringComparer.Ordinal).ToList() : [];
        if (paths.Count == 0)
        {
            throw new UsageException(new Finding(
                "Data file not found", full, null, "an existing CSV file", "correct --data, or leave it out to use the pipeline's own source"));
        }

        var files = new List<Artifact>();
        foreach (var path in paths)
        {
            await using var stream = File.OpenRead(path);
            files.Add(new(await Digest.OfAsync(stream, cancellationToken), path));
        }

        return files;
    }
}
