using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>The controller of the cluster's gateways: takes routes, or says why it does not.</summary>
/// <param name="objects">The cluster's objects.</param>
public sealed class FakeGateways(ApiObjects objects) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Why routes are not accepted; null accepts them.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether it looks at routes at all.</summary>
    public bool Works { get; set; } = true;

    /// <summary>The share of the canary that each change asked for, in the order in which they were taken.</summary>
    public List<double> Taken { get; } = [];

    /// <summary>Begins.</summary>
    public FakeGateways Start()
    {
        _running = RunAsync(_stopping.Token);
        return this;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = objects.ChangedAsync(cancellationToken);
            foreach (var route in Works ? objects.List("httproutes", FakeApiServer.Space, null) : [])
            {
                Take(route);
            }

            await changed;
        }
    }

    private void Take(JsonObject route)
    {
        var generation = (long)route["metadata"]!["generation"]!;
        var seen = (long?)route["status"]?["parents"]?[0]?["conditions"]?[0]?["observedGeneration"];
        if (seen == generation
            && (string?)route["status"]!["parents"]![0]!["conditions"]![0]!["status"] == (Refusal == null ? "True" : "False"))
        {
            return;
        }

        var weights = route["spec"]!["rules"]![0]!["backendRefs"]!.AsArray().Select(backend => (double)backend!["weight"]!).ToList();
        if (Refusal == null)
        {
            Taken.Add(100 * weights[1] / weights.Sum());
        }

        JsonObject Condition(string type, bool holds, string reason) => new()
        {
            ["type"] = type, ["status"] = holds ? "True" : "False", ["reason"] = reason, ["message"] = reason,
            ["observedGeneration"] = generation, ["lastTransitionTime"] = "2026-01-01T00:00:00Z",
        };
        objects.SetStatus("httproutes", FakeApiServer.Space, (string)route["metadata"]!["name"]!, new()
        {
            ["parents"] = new JsonArray([.. route["spec"]!["parentRefs"]!.AsArray().Select(parent => new JsonObject
            {
                ["parentRef"] = parent!.DeepClone(), ["controllerName"] = "test/gateway",
                ["conditions"] = new JsonArray(
                    Condition("Accepted", Refusal == null, Refusal ?? "Accepted"), Condition("ResolvedRefs", true, "ResolvedRefs")),
            })]),
        });
    }
}
