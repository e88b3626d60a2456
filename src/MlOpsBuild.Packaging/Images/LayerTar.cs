using System.Formats.Tar;

namespace MlOpsBuild.Packaging.Images;

/// <summary>
/// Writes a layer: entries in the order of their paths, folders once, root's, of 1970, in the ustar format (its PAX sibling holds the
/// number of the process). The same entries give the same bytes, on any machine; uncompressed, since compressed bytes are the library's
/// affair.
/// </summary>
internal static class LayerTar
{
    /// <summary>Writes the entries.</summary>
    /// <param name="entries">Files and folders, each path once.</param>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteAsync(IReadOnlyList<LayerEntry> entries, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true);
        var named = entries.Where(entry => entry.Content == null).Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var implied = entries.SelectMany(entry => Above(entry.Path))
            .Distinct(StringComparer.Ordinal)
            .Where(path => !named.Contains(path))
            .Select(LayerEntry.Folder);
        foreach (var entry in entries.Concat(implied).OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            await using var content = entry.Content is { } file ? File.OpenRead(file.Path) : null;
            var written = new UstarTarEntry(
                content == null ? TarEntryType.Directory : TarEntryType.RegularFile, content == null ? entry.Path + "/" : entry.Path)
            {
                Mode = entry.Mode, ModificationTime = DateTimeOffset.UnixEpoch, Uid = 0, Gid = 0, UserName = "", GroupName = "",
            };
            if (content != null)
            {
                written.DataStream = content;
            }

            await writer.WriteEntryAsync(written, cancellationToken);
        }
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}
