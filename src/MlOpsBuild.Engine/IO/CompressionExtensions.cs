using System.IO.Compression;

namespace MlOpsBuild.Engine.IO;

/// <summary>Folders as archives.</summary>
public static class CompressionExtensions
{
    // The earliest that an archive can hold: the same files give the same archive.
    private static readonly DateTimeOffset Fixed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Packs the files of a folder into a zip archive, in order and without their times; the archive appears whole.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="archiveFile">The archive; one that is there is replaced.</param>
    /// <param name="filter">Which files; all by default.</param>
    /// <param name="compressionLevel">How hard to try.</param>
    public static void ZipTo(
        this AbsolutePath directory, AbsolutePath archiveFile, Func<AbsolutePath, bool>? filter = null,
        CompressionLevel compressionLevel = CompressionLevel.Optimal)
    {
        Directory.CreateDirectory(archiveFile.Parent!);
        var temporary = archiveFile + ".tmp";
        File.Delete(temporary);
        using (var archive = ZipFile.Open(temporary, ZipArchiveMode.Create))
        {
            foreach (var file in directory.GlobFiles("**")
                .Where(file => file != temporary && file != archiveFile && (filter == null || filter(file))))
            {
                var entry = archive.CreateEntry(Path.GetRelativePath(directory, file).Replace('\\', '/'), compressionLevel);
                entry.LastWriteTime = Fixed;
                using var source = File.OpenRead(file);
                using var target = entry.Open();
                source.CopyTo(target);
            }
        }

        File.Move(temporary, archiveFile, overwrite: true);
    }

    /// <summary>Unpacks a zip archive; a name that leads out of the folder is refused.</summary>
    /// <param name="archiveFile">The archive.</param>
    /// <param name="directory">The folder; files that are there are replaced.</param>
    public static void UnZipTo(this AbsolutePath archiveFile, AbsolutePath directory) =>
        ZipFile.ExtractToDirectory(archiveFile, directory, overwriteFiles: true);
}
