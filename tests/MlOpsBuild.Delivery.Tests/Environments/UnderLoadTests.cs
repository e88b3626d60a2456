using System.Collections.Concurrent;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>
/// A thousand requests a second, sent whether or not answers come, over twenty deployments and twenty rollbacks, with kills.
/// </summary>
[Collection(nameof(UndisturbedCollection))]
public sealed class UnderLoadTests(InstalledServer installed) : IDisposable
{
    private const int Rounds = 20;
    private const int PerSecond = 1000;
    private readonly LocalWorld _world = new(installed.Program);
    private readonly ConcurrentBag<(long Sent, int Status, string Version)> _answers = [];
    private readonly ConcurrentBag<Task> _open = [];
    private int _sent;

    public void Dispose() => _world.Dispose();

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Every_request_is_answered_and_none_by_a_version_that_was_removed()
    {
        await _world.PutInPlaceAsync(1);
        var first = (await _world.ObserveAsync()).Serving!;
        var model = await _world.ModelAsync();
        var quiet = new List<(long From, long To)>();
        using var done = new CancellationTokenSource();
        var address = (await _world.ObserveAsync()).Address!;
        var sending = Task.Run(() => SendAsync(address, done.Token));
        for (var round = 0; round < Rounds; round++)
        {
            var next = await _world.Environment.StartAsync(2, model, null, CancellationToken.None);
            await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(next), Warm = [LocalWorld.At(first)] });
            if (round % 4 == 3)
            {
                LocalWorld.Kill(next);
            }

            await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(first) });
            var from = TimeProvider.System.GetTimestamp();
            await _world.Environment.StopAsync(next, CancellationToken.None);
            quiet.Add((from, TimeProvider.System.GetTimestamp()));
        }

        await done.CancelAsync();
        await sending;
        await Task.WhenAll(_open);

        _answers.Count.ShouldBe(_sent);
        _answers.ShouldAllBe(answer => answer.Status == 200);
        _answers.Where(answer => quiet.Any(time => answer.Sent >= time.From && answer.Sent <= time.To))
            .ShouldAllBe(answer => answer.Version == "1");
        _answers.Select(answer => answer.Version).Distinct().Order().ShouldBe(["1", "2"]);
    }

    private async Task SendAsync(Uri address, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 2000 })
        {
            BaseAddress = address, Timeout = TimeSpan.FromMinutes(2)
        };
        var body = """{"temperature": 1.5}"""u8.ToArray();
        var started = TimeProvider.System.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            while (_sent < TimeProvider.System.GetElapsedTime(started).TotalSeconds * PerSecond)
            {
                _sent++;
                _open.Add(AskAsync(http, body));
            }

            await Task.Delay(1, CancellationToken.None);
        }

        await Task.WhenAll(_open);
    }

    private async Task AskAsync(HttpClient http, byte[] body)
    {
        var sent = TimeProvider.System.GetTimestamp();
        using var content = new ByteArrayContent(body);
        using var answer = await http.PostAsync(new Uri("predict", UriKind.Relative), content);
        _answers.Add(
            (sent, (int)answer.StatusCode, answer.IsSuccessStatusCode ? answer.Headers.GetValues(ServerHeaders.Version).Single() : ""));
    }
}
