using System.Globalization;

namespace MlOpsBuild.Engine.IO;

/// <summary>What builds do with paths: make and remove.</summary>
public static partial class AbsolutePathExtensions
{
    /// <summary>Makes the folder and those above it.</summary>
    public static AbsolutePath CreateDirectory(this AbsolutePath path)
    {
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Makes the folder, or removes what is in it.</summary>
    public static AbsolutePath CreateOrCleanDirectory(this AbsolutePath path)
    {
        path.DeleteDirectory();
        return path.CreateDirectory();
    }

    /// <summary>Gives the file a time, now by default, and makes it when it is not there.</summary>
    public static AbsolutePath TouchFile(this AbsolutePath path, DateTime? time = null, bool createDirectories = true)
    {
        if (createDirectories)
        {
            path.Parent?.CreateDirectory();
        }

        File.Open(path, FileMode.OpenOrCreate).Dispose();
        File.SetLastWriteTimeUtc(path, (time ?? TimeProvider.System.GetUtcNow().UtcDateTime).ToUniversalTime());
        return path;
    }

    /// <summary>Removes the file when it is there, write-protected or not.</summary>
    public static void DeleteFile(this AbsolutePath path)
    {
        if (path.FileExists())
        {
            if (new FileInfo(path).LinkTarget == null)
            {
                File.SetAttributes(path, FileAttributes.Normal);
            }

            File.Delete(path);
        }
    }

    /// <summary>Removes the folder with everything in it when it is there; a link is removed, not what it leads to.</summary>
    public static void DeleteDirectory(this AbsolutePath path)
    {
        if (!path.DirectoryExists())
        {
            return;
        }

        if (new DirectoryInfo(path).LinkTarget != null)
        {
            Directory.Delete(path);
            return;
        }

        path.GetFiles().DeleteFiles();
        path.GetDirectories().DeleteDirectories();
        Directory.Delete(path);
    }

    /// <summary>Removes the files that are there.</summary>
    public static void DeleteFiles(this IEnumerable<AbsolutePath> paths) => paths.ToList().ForEach(DeleteFile);

    /// <summary>Removes the folders that are there.</summary>
    public static void DeleteDirectories(this IEnumerable<AbsolutePath> paths) => paths.ToList().ForEach(DeleteDirectory);

    /// <summary>When the file was last written, in UTC.</summary>
    public static DateTime GetLastWriteTimeUtc(this AbsolutePath path) => File.GetLastWriteTimeUtc(path);

    /// <summary>SHA-256 of the file, as lower-case hexadecimal digits.</summary>
    public static string GetFileHash(this AbsolutePath path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
    }

    /// <summary>SHA-256 over the relative names and contents of the files below, in stable order.</summary>
    public static string GetDirectoryHash(this AbsolutePath path, Func<AbsolutePath, bool>? includeFile = null) =>
        path.GetFiles(depth: int.MaxValue).Where(includeFile ?? (_ => true)).GetFileSetHash(path);

    /// <summary>SHA-256 over names relative to <paramref name="baseDirectory"/> and contents, in stable order.</summary>
    public static string GetFileSetHash(this IEnumerable<AbsolutePath> paths, string baseDirectory)
    {
        var lines = paths.Select(path => (Name: Path.GetRelativePath(baseDirectory, path).Replace('\\', '/'), Hash: path.GetFileHash()))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Hash} {file.Name.Length} {file.Name}\n"));
        return Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
