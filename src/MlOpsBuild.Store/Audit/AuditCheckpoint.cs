using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Audit;

/// <summary>
/// What was found out of the log when it was compared with the team's, and what the file was then. Only a cache: it holds as long as
/// nothing but an appending build wrote the file; without it, or where it does not fit, the whole log is compared.
/// </summary>
/// <param name="File">The file when it was last compared or appended to.</param>
/// <param name="Marks">The parts that were compared, from the beginning on.</param>
internal sealed record AuditCheckpoint(FileStamp File, IReadOnlyList<AuditMark> Marks)
{
    /// <summary>The file of the cache for the log at <paramref name="path"/>.</summary>
    public static string PathOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, "cache", "audit");

    /// <summary>The checkpoint of the log at <paramref name="path"/>; null where there is none that fits the file.</summary>
    public static AuditCheckpoint? Read(string path) =>
        CacheFile.Read(PathOf(path)) is { } content
            && CanonicalJson.TryDeserialize<AuditCheckpoint>(content) is { Marks: not null } found
            && found.File == FileStamp.Of(path)
            && IsInOrder(found.Marks, found.File.Length)
            ? found
            : null;

    /// <summary>Keeps it.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        CacheFile.WriteAsync(PathOf(path), CanonicalJson.Serialize(this), cancellationToken);

    private static bool IsInOrder(IReadOnlyList<AuditMark?> marks, long length)
    {
        var end = 0L;
        foreach (var mark in marks)
        {
            if (mark is not { Id: not null, Entries: > 0 } || mark.End <= end || mark.End > length)
            {
                return false;
            }

            end = mark.End;
        }

        return true;
    }
}
