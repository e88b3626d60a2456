using System.Diagnostics;
using System.Globalization;

namespace MlOpsBuild.Core;

/// <summary>
/// Finds a process we started: a process id alone proves nothing, since after a reboot it may be anybody's; its command line
/// names a path that only ours does.
/// </summary>
public static class OwnProcess
{
    private static readonly TimeSpan Clocks = TimeSpan.FromSeconds(1);

    /// <summary>The running process, or null.</summary>
    /// <param name="pid">Its id; 0 looks at all of them (Linux only), for one that ended or was left alone before it could tell.</param>
    /// <param name="path">What its command line names; not empty, which every command line does.</param>
    /// <param name="created">When it was started at the earliest: the proof where command lines cannot be read.</param>
    public static Process? Find(int pid, string path, DateTimeOffset created)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return pid > 0 ? Open(pid, path, created)
            : !OperatingSystem.IsLinux() ? null
            : Directory.GetDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var any)
                    ? Open(any, path, created)
                    : null)
                .FirstOrDefault(process => process != null);
    }

    private static Process? Open(int pid, string path, DateTimeOffset created)
    {
        Process? process = null;
        try
        {
            if (OperatingSystem.IsLinux() && !File.ReadAllText($"/proc/{pid}/cmdline").Contains(path, StringComparison.Ordinal))
            {
                return null;
            }

            process = Process.GetProcessById(pid);
            if (!process.HasExited && (OperatingSystem.IsLinux() || process.StartTime.ToUniversalTime() >= created.UtcDateTime - Clocks))
            {
                return process;
            }
        }
        catch (Exception problem)
            when (problem is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
        }

        process?.Dispose();
        return null;
    }
}
