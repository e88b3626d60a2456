using System.Diagnostics;
using System.Globalization;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Finds the process of a server: a process id alone proves nothing, since after a reboot it may be anybody's.</summary>
internal static class ServerProcess
{
    /// <summary>The running process, or null.</summary>
    public static Process? Find(ServerInstance instance) => instance.Pid > 0 ? Open(instance.Pid, instance) : OperatingSystem.IsLinux() ? Search(instance) : null;

    // It died, or was left alone, before it could write its process id: the command line names its folder all the same.
    private static Process? Search(ServerInstance instance) => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? Open(pid, instance) : null)
        .FirstOrDefault(process => process != null);

    private static Process? Open(int pid, ServerInstance instance)
    {
        Process? process = null;
        try
        {
            if (OperatingSystem.IsLinux() && !File.ReadAllText($"/proc/{pid}/cmdline").Contains(instance.Folder, StringComparison.Ordinal))
            {
                return null;
            }

            process = Process.GetProcessById(pid);
            if (!process.HasExited && (OperatingSystem.IsLinux() || process.StartTime.ToUniversalTime() >= instance.Created.UtcDateTime.AddSeconds(-1)))
            {
                return process;
            }
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
        }

        process?.Dispose();
        return null;
    }
}
