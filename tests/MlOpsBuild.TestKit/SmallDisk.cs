using System.Diagnostics;

namespace MlOpsBuild.TestKit;

/// <summary>A file system of 1 MiB, which is soon full.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Mounts it; only where <see cref="Missing"/> is null.</summary>
    public SmallDisk()
    {
        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "mlops-test", _folder.Path) != 0)
        {
            _folder.Dispose();
            throw new InvalidOperationException(Reason);
        }
    }

    /// <summary>Why it cannot be mounted here, or null.</summary>
    public static string? Missing { get; } = Try();

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.Path;

    private static string Reason => "a file system of 1 MiB can only be mounted by root on Linux";

    /// <inheritdoc />
    public void Dispose()
    {
        Run("umount", "--lazy", _folder.Path);
        _folder.Dispose();
    }

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || ProgramOnPath.Find("mount") is null)
        {
            return Reason;
        }

        // Root in a container may not mount.
        try
        {
            new SmallDisk().Dispose();
            return null;
        }
        catch (InvalidOperationException)
        {
            return Reason;
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
