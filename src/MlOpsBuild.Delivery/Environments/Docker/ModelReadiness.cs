using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>Whether a model server in a container answers; its engine knows which one it is, so that it need not say who it is.</summary>
internal sealed class ModelReadiness(ContainerStart start) : IDisposable
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    /// <summary>Whether it answers in time.</summary>
    public async Task<bool> IsReadyAsync(ServerInstance server, TimeSpan? patience, CancellationToken cancellationToken)
    {
        if (server.Port == 0)
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience ?? Usual);
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/v2/health/ready"), limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem)
            when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Waits until it answers.</summary>
    /// <exception cref="StageFailedException">It does not, or its container has ended: with what it said last.</exception>
    public async Task WaitAsync(ServerInstance server, CancellationToken cancellationToken)
    {
        if (await start.WaitAsync(server.Id, token => IsReadyAsync(server, null, token), cancellationToken) is var (end, said))
        {
            throw new StageFailedException(
                $"v{server.Version} does not start in its container",
                [
                    new(
                        "MLB5023", $"v{server.Version} does not start: {end}", $"container {server.Id[..12]}",
                        said.LastOrDefault(line => line.Contains("failed", StringComparison.Ordinal)), "a server that is ready within 20 s",
                        "its last lines follow"),
                    .. said.TakeLast(10).Select(line => new Finding("MLB5024", line))
                ],
                Verdict.Error);
        }
    }

    public void Dispose() => _http.Dispose();
}
