using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Ends a server: asks first; kills a hanging one only when the process really is ours.</summary>
public sealed class ServerStopper(AdminClient admin, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Ends <paramref name="instance"/>; a dead or foreign process is left alone. True when a process was ended.</summary>
    public async Task<bool> StopAsync(ServerInstance instance, CancellationToken cancellationToken)
    {
        var asked = await admin.IsOursAsync(instance, cancellationToken);
        if (asked)
        {
            await admin.StopAsync(instance, cancellationToken);
        }

        var (started, ended) = (time.GetTimestamp(), asked);
        while (OwnProcess.Find(instance.Pid, instance.Folder, instance.Created) is { } process)
        {
            using (process)
            {
                ended = true;
                if (!asked || time.GetElapsedTime(started) > Patience)
                {
                    process.Kill();
                    await process.WaitForExitAsync(cancellationToken);
                    break;
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }

        if (Directory.Exists(instance.Folder))
        {
            Directory.Delete(instance.Folder, recursive: true);
        }

        return ended;
    }
}
