using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>A cluster of one node, whose pods are containers of Debian's engine.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private TestCluster(FakeApiServer server, FakeNode? node, FakeGateways gateways) =>
        (Server, Node, Gateways) = (server, node!, gateways);

    public FakeApiServer Server { get; }

    public FakeNode Node { get; }

    public FakeGateways Gateways { get; }

    /// <summary>Starts it; without an engine nothing runs in it.</summary>
    public static async Task<TestCluster> StartAsync(DockerEngine? engine)
    {
        var server = await FakeApiServer.StartAsync();
        return new(server, engine == null ? null : await FakeNode.StartAsync(server, engine), new FakeGateways(server.Objects).Start());
    }

    public async ValueTask DisposeAsync()
    {
        await Gateways.DisposeAsync();
        await (Node?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Server.DisposeAsync();
    }
}
