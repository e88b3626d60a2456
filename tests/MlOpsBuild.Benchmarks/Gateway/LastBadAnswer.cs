namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>
/// From the decision to roll back to the last answer of the version taken away, at 1,000 requests a second; beside it HAProxy's change of
/// weights on the same two servers. The longest of several.
/// </summary>
internal static class LastBadAnswer
{
    private const int Times = 5;
    private const double MostSeconds = 0.05;
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(1);

    public static async Task<BenchmarkResult> MeasureAsync(ServedProject project, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (0.0, 0.0);
        for (var i = 0; i < Times; i++)
        {
            using (var proxy = await HaProxy.StartAsync(project.Serving, project.Warm, cancellationToken))
            {
                theirs = Math.Max(theirs, await OneAsync(proxy.Port, proxy.TakeAwayFirstAsync, cancellationToken));
            }

            ours = Math.Max(ours, await OneAsync(project.Port, project.RollBackAsync, cancellationToken));
            await project.DeployAgainAsync(cancellationToken);
        }

        return new(
            $"the last bad answer after a rollback (at most {MostSeconds} s)", ours, "HAProxy's change of weights", theirs,
            MostSeconds / theirs);
    }

    private static async Task<double> OneAsync(
        int port, Func<CancellationToken, Task<DateTimeOffset>> takeAway, CancellationToken cancellationToken)
    {
        using var load = new OpenLoop(port);
        await Task.Delay(Around, cancellationToken);
        var decided = await takeAway(cancellationToken);
        await Task.Delay(Around, cancellationToken);
        return await load.LastOfAsync(version: 2, decided);
    }
}
