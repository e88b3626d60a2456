using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>Waits until what runs in a container answers.</summary>
internal sealed class ContainerStart(ContainerEngine engine, TimeProvider time)
{
    private const int LookEvery = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Null when it answers; else why it does not, and what it said last.</summary>
    /// <param name="container">The container.</param>
    /// <param name="ready">Asks whether it answers.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<(string End, IReadOnlyList<string> Said)?> WaitAsync(
        string container, Func<CancellationToken, Task<bool>> ready, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var look = 1; !await ready(cancellationToken); look++)
        {
            var late = time.GetElapsedTime(started) > Longest;
            if ((look % LookEvery == 0 || late) && await EndOfAsync(container, late, cancellationToken) is { } end)
            {
                return (end, await engine.LogAsync(container, ServerInstance.LogLines, cancellationToken));
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return null;
    }

    private async Task<string?> EndOfAsync(string container, bool late, CancellationToken cancellationToken) =>
        await engine.EndOfAsync(container, cancellationToken) ?? (late ? "it does not answer" : null);
}
