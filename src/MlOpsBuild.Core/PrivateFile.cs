namespace MlOpsBuild.Core;

/// <summary>Writes files that only their owner can read, whole, by rename.</summary>
public static class PrivateFile
{
    /// <summary>Writes a file in a folder that need not exist.</summary>
    public static Task WriteNewAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        return WriteAsync(path, content, cancellationToken);
    }

    /// <summary>Replaces a file whole.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = TemporaryOf(path);
        await using (var stream = Open(temporary))
        {
            await stream.WriteAsync(content, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Replaces a file whole, where nobody can wait.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = TemporaryOf(path);
        using (var stream = Open(temporary))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes a folder that only its owner can enter, or closes one that is there.</summary>
    /// <exception cref="UsageException">It belongs to somebody else.</exception>
    public static string CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path).FullName;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var folder = Directory.CreateDirectory(path, OwnerOnly).FullName;
        try
        {
            // Somebody else may have made it first; only its owner can do this.
            File.SetUnixFileMode(folder, OwnerOnly);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new UsageException(new Finding(
                "MLB9001", "The folder for process state belongs to somebody else", folder, problem.Message, "a folder of this user",
                "set XDG_RUNTIME_DIR to a folder of your own"));
        }

        return folder;
    }

    /// <summary>Begins a file that is appended to while others read it; for what is written bit by bit.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    public static FileStream Begin(string path) => Open(path, FileMode.CreateNew, FileShare.Read);

    private static string TemporaryOf(string path) => $"{path}.{Environment.ProcessId}.tmp";

    private static FileStream Open(string path, FileMode mode = FileMode.Create, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }
}
