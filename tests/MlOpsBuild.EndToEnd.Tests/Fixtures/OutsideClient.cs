using System.Diagnostics;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>Sends one request after the other until it is ended, and remembers when which version answered.</summary>
internal sealed class OutsideClient : IDisposable
{
    private readonly Caller _caller;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task<List<(long At, int Version, int Status)>> _loop;

    public OutsideClient(Uri address)
    {
        _caller = new(address);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Everything seen.</summary>
    public async Task<List<(long At, int Version, int Status)>> EndAsync()
    {
        await _ending.CancelAsync();
        return await _loop;
    }

    /// <summary>
    /// How long after <paramref name="moment"/> the last of <paramref name="answers"/> from <paramref name="version"/> came.
    /// </summary>
    public static TimeSpan LastOf(IEnumerable<(long At, int Version, int Status)> answers, int version, long moment) =>
        Stopwatch.GetElapsedTime(moment, answers.Last(answer => answer.Version == version).At);

    public void Dispose()
    {
        _ending.Dispose();
        _caller.Dispose();
    }

    private async Task<List<(long At, int Version, int Status)>> LoopAsync()
    {
        var answers = new List<(long At, int Version, int Status)>();
        while (!_ending.IsCancellationRequested)
        {
            var (status, version, _) = await _caller.PredictAsync();
            answers.Add((Stopwatch.GetTimestamp(), version, (int)status));
        }

        return answers;
    }
}
