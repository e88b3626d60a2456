using System.Diagnostics;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Ends a server: asks first; kills a hanging one only when the process with that id really is ours.</summary>
public sealed class ServerStopper(AdminClient admin, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Ends <paramref name="instance"/>; a dead or foreign process is left alone.</summary>
    public async Task StopAsync(ServerInstance instance, CancellationToken cancellationToken)
    {
        if (await admin.IsOursAsync(instance, cancellationToken))
        {
            await admin.StopAsync(instance, cancellationToken);
        }

        var started = time.GetTimestamp();
        while (Running(instance) is { } process)
        {
            using (process)
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    process.Kill();
                    break;
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }

        if (Directory.Exists(instance.Folder))
        {
            Directory.Delete(instance.Folder, recursive: true);
        }
    }

    // A process id alone proves nothing: after a reboot it may be anybody's. The command line names our options file.
    private static Process? Running(ServerInstance instance)
    {
        try
        {
            var process = Process.GetProcessById(instance.Pid);
            var commandLine = $"/proc/{instance.Pid}/cmdline";
            var ours = !OperatingSystem.IsLinux()
                ? process.StartTime.ToUniversalTime() >= instance.Started.UtcDateTime.AddSeconds(-1)
                : File.Exists(commandLine) && File.ReadAllText(commandLine).Contains(instance.Folder, StringComparison.Ordinal);
            if (ours && !process.HasExited)
            {
                return process;
            }

            process.Dispose();
            return null;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
