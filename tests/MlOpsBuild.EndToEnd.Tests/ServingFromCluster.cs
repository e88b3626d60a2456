using System.Globalization;
using System.Text.Json.Nodes;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>
/// <c>--environment kubernetes</c>: the same commands in a cluster of one node, whose pods are containers of images that a real registry
/// gave by their digest.
/// </summary>
[Collection(nameof(UndisturbedCollection))]
public sealed class ServingFromCluster(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private static readonly string[] InCluster = ["--environment", "kubernetes", "--no-image", "false"];

    [DockerEngineFact]
    public async Task A_version_is_deployed_replaced_by_canary_rolled_back_from_elsewhere_and_stopped_without_a_trace()
    {
        using var registry = await DockerRegistry.StartAsync();
        await using var engine = await DockerEngine.StartAsync();
        await using var server = await FakeApiServer.StartAsync();
        await using var node = await FakeNode.StartAsync(server, engine);
        await NodeImages.AllowAsync(node, engine, registry, Path.Combine(Checkout.Runtime, "docker"));
        (Checkout.Environment["KUBECONFIG"], Checkout.Environment["MLOPS_REGISTRY_USER"], Checkout.Environment["MLOPS_REGISTRY_PASSWORD"]) =
            (server.ConfigFile, DockerRegistry.User, DockerRegistry.Password);
        string[] here = [.. InCluster, "--registry", $"{registry.Endpoint.Authority}/models"];

        (await Checkout.DeployAsync([.. here, "--set", Checkout.Weaker])).Output.ShouldContain("http://bikedemand.ml.svc:8080/");
        (await VersionAsync(server)).ShouldBe(1);

        // As many as the settings want by default, each where it was sent by its digest.
        var pods = server.Objects.List("pods", FakeApiServer.Space, "app.kubernetes.io/component=model");
        pods.Count.ShouldBe(2);
        pods.ShouldAllBe(pod =>
            pod["spec"]!["containers"]![0]!["image"]!.ToString().Contains("/models/bikedemand@sha256:", StringComparison.Ordinal));

        (await Checkout.DeployAsync(here)).Output.ShouldContain("v2, Promoted");
        (await VersionAsync(server)).ShouldBe(2);
        (await Checkout.DeploymentsAsync()).Select(deployment => (deployment.Environment, deployment.Outcome))
            .ShouldBe([("kubernetes", DeploymentOutcome.Promoted), ("kubernetes", DeploymentOutcome.FirstServed)]);
        (await Checkout.RunAsync("Status")).Expect(0).Output.ShouldContain("kubernetes");

        (await Checkout.RunAsync("Rollback", "--reason", "complaints")).Expect(0).Output.ShouldContain("v1 serves again instead of v2");
        (await VersionAsync(server)).ShouldBe(1);

        (await Checkout.RunAsync("Stop")).Expect(0);
        foreach (var kind in ApiKind.All.Where(kind => kind.Kind != "Pod"))
        {
            server.Objects.List(kind.Plural, FakeApiServer.Space, null).ShouldBeEmpty(kind.Kind);
        }
    }

    [Fact]
    public async Task What_is_missing_is_told_before_anything_is_moved()
    {
        await using var server = await FakeApiServer.StartAsync();
        Checkout.Environment["KUBECONFIG"] = Path.Combine(Checkout.Runtime, "none");
        (await Checkout.RunAsync(["Train", "Deploy", .. InCluster])).Expect(2).Output.ShouldContain("No cluster is known here");

        Checkout.Environment["KUBECONFIG"] = server.ConfigFile;
        (await Checkout.RunAsync("Status", "--environment", "kubernetes", "--kube-context", "moon")).Expect(2).Output
            .ShouldContain("expected deployer");
        (await Checkout.RunAsync(["Train", "Deploy", .. InCluster]))
            .Expect(2).Output.ShouldContain("No registry that the cluster's nodes pull from");
        server.Objects.List("deployments", FakeApiServer.Space, null).ShouldBeEmpty();

        // Nothing is sent and nothing is made: it is only told.
        var told = (await Checkout.RunAsync(["Deploy", "--model-version", "1", "--dry-run", .. InCluster])).Expect(0).Output;
        told.ShouldContain("kind: NetworkPolicy");
        told.ShouldContain("a dry run: nothing was changed");
        server.Objects.List("secrets", FakeApiServer.Space, null).ShouldBeEmpty();

        // What it would be needs no cluster.
        Checkout.Environment["KUBECONFIG"] = Path.Combine(Checkout.Runtime, "none");
        var alone = (await Checkout.RunAsync(["Deploy", "--model-version", "1", "--dry-run", "--gateway", "infra/edge", .. InCluster]))
            .Expect(0).Output;
        alone.ShouldContain("kind: HTTPRoute");
        alone.ShouldContain("what the cluster would make of it is not known: ");
        (await Checkout.RunAsync("GenerateManifests", "--pipeline", "BikeDemand")).Expect(0);
        (await File.ReadAllTextAsync(Path.Combine(Checkout.Root, ".mlops/exports/BikeDemand-v1-kubernetes.yaml")))
            .ShouldStartWith("# Without the gateway's Secret");
    }

    // As a caller in the cluster would ask: at the gateway's Service.
    private static async Task<int> VersionAsync(FakeApiServer server)
    {
        var gateway = server.Objects.List("pods", FakeApiServer.Space, "app.kubernetes.io/component=gateway").ShouldHaveSingleItem();
        var port = await server.Forward((string)gateway["metadata"]!["name"]!, 8080);
        using var caller = new Caller(new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
        return (await caller.PredictAsync()).Version;
    }
}
