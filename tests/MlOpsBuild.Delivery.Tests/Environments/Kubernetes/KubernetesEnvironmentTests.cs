using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.Delivery.Environments.Kubernetes.Tests;

/// <summary>What only a cluster can get wrong. The environments' contract is tested beside it.</summary>
[Collection(nameof(ContainerCollection))]
public sealed class KubernetesEnvironmentTests(ContainerFixture containers) : IAsyncLifetime
{
    private KubernetesWorld _world = null!;

    private ApiObjects Objects => _world.Cluster.Server.Objects;

    public async Task InitializeAsync()
    {
        if (DockerEngine.Missing == null)
        {
            _world = await KubernetesWorld.StartAsync(containers);
        }
    }

    public async Task DisposeAsync() => await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);

    [DockerEngineFact]
    public async Task A_canary_moves_the_weights_of_the_route_and_takes_them_back()
    {
        await _world.PutInPlaceAsync(1);

        var deployed = await _world.DeployAsync(await _world.RegisterAsync(2));

        deployed.Outcome.ShouldBe(DeploymentOutcome.Promoted, deployed.Reason);
        await DeliveryWorld.UntilAsync(() => Task.FromResult(_world.Cluster.Gateways.Taken[^1] == 0));
        _world.Cluster.Gateways.Taken.Where((share, index) => index == 0 || share != _world.Cluster.Gateways.Taken[index - 1])
            .ShouldBe([0, 50, 0]);
        var observed = await _world.ObserveAsync();
        (observed.Serving!.Version, observed.Routes!.SplitBefore, observed.Address)
            .ShouldBe((2, true, new Uri("https://tiny.example.com")));
    }

    [DockerEngineFact]
    public async Task A_step_whose_weights_are_not_in_force_does_not_count_and_nobody_gets_the_version()
    {
        await _world.PutInPlaceAsync(1);
        _world.Cluster.Gateways.Refusal = "NotAllowedByListeners";

        var problem = await Should.ThrowAsync<StageFailedException>(async () => await _world.DeployAsync(await _world.RegisterAsync(2)));

        problem.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB5060");
        (await _world.AskAsync()).ShouldBe("1");
        (await _world.ObserveAsync()).Servers.ShouldHaveSingleItem().Instance.Version.ShouldBe(1);
    }

    [DockerEngineFact]
    public async Task Another_checkout_sees_the_same_and_rolls_back()
    {
        await _world.PutInPlaceAsync(1);
        await _world.PutInPlaceAsync(2);
        using var elsewhere = new TemporaryFolder();
        var folder = new EnvironmentFolder(elsewhere["checkout"], TinyModel.Pipeline, KubernetesEnvironment.Name, _world.Variables);
        using var other = _world.Open(folder: folder);

        var back = await new Rollback(_world.Store, other, TimeProvider.System).RunAsync(
            TinyModel.Pipeline, "on call", "complaints", TimeProvider.System.GetTimestamp(), new Heard(), CancellationToken.None);

        (back.From, back.To, back.Warm, await _world.AskAsync()).ShouldBe((2, 1, true, "1"));
        (await File.ReadAllTextAsync(folder.FeedbackTokenFile)).ShouldBe(await File.ReadAllTextAsync(_world.Folder.FeedbackTokenFile));
    }

    [DockerEngineFact]
    public async Task An_image_that_no_node_can_pull_is_told_and_nothing_is_left()
    {
        var version = await _world.RegisterAsync(1);
        using var environment = _world.Open(publish: (_, _) => Task.FromResult("registry.example.com/gone@sha256:00"));

        var problem = await Should.ThrowAsync<StageFailedException>(
            async () => await environment.StartAsync(1, await _world.ModelAsync(version), null, CancellationToken.None));

        problem.Findings[0].What.ShouldStartWith("v1 does not start: ImagePullBackOff");
        Left().ShouldBeEmpty();
    }

    [DockerEngineFact]
    public async Task What_no_node_takes_is_told_with_the_clusters_reason()
    {
        await _world.DisposeAsync();
        _world = await KubernetesWorld.StartAsync(containers, KubernetesWorld.Usual with { Patience = TimeSpan.FromSeconds(2) });
        _world.Cluster.Node.Unschedulable = "0/3 nodes are available: 3 Insufficient memory.";

        var problem = await Should.ThrowAsync<StageFailedException>(() => _world.StartAsync(1));

        problem.Findings[0].What.ShouldBe("v1 does not start: no node takes it: 0/3 nodes are available: 3 Insufficient memory.");
        Left().ShouldBeEmpty();
    }

    [DockerEngineFact]
    public async Task Objects_of_somebody_else_are_not_touched()
    {
        Objects.Create(
            ApiKind.All.Single(kind => kind.Kind == "Service"), FakeApiServer.Space,
            JsonNode.Parse($$"""
                {
                  "apiVersion": "v1", "kind": "Service", "metadata": { "name": "{{Name}}" },
                  "spec": { "selector": { "a": "b" }, "ports": [{ "port": 80 }] }
                }
                """)!.AsObject(),
            "helm");
        var problem = await Should.ThrowAsync<StageFailedException>(() => _world.StartAsync(1));

        var finding = problem.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Where).ShouldBe(("MLB5064", $"Service {FakeApiServer.Space}/{Name}"));
        Objects.Find("services", FakeApiServer.Space, Name)!["spec"]!["selector"]!.ToJsonString().ShouldBe("""{"a":"b"}""");
    }

    [DockerEngineFact]
    public async Task What_another_repository_serves_is_neither_taken_over_nor_taken_away()
    {
        var server = await _world.StartAsync(1);
        await _world.RouteAsync(_ => new() { Baseline = server.Upstream });
        var second = await _world.RegisterAsync(2);
        using var elsewhere = new TemporaryFolder();
        var folder = new EnvironmentFolder(elsewhere["checkout"], TinyModel.Pipeline, KubernetesEnvironment.Name, _world.Variables);
        using var other = _world.Open(folder, owner: "registry.example.com/team-b/tiny");

        (await other.ObserveAsync(CancellationToken.None)).Servers.ShouldBeEmpty();
        (await other.KeptRoutesAsync(CancellationToken.None)).ShouldBeNull();
        var model = await _world.ModelAsync(second);
        (await Should.ThrowAsync<StageFailedException>(() => other.StartAsync(second.Number, model, null, CancellationToken.None)))
            .Findings.ShouldAllBe(finding => finding.Code == "MLB5064");
        (await other.StopAllAsync(CancellationToken.None)).ShouldBe(0);

        (await _world.ObserveAsync()).Routes.ShouldNotBeNull().Baseline.ShouldNotBeNull().Version.ShouldBe(1);
        Objects.Find("httproutes", FakeApiServer.Space, Name).ShouldNotBeNull();

        // Who rolls back need not name the registry.
        using var anybody = _world.Open(folder, owner: null);
        (await anybody.ObserveAsync(CancellationToken.None)).Routes.ShouldNotBeNull().Baseline.ShouldNotBeNull().Version.ShouldBe(1);
    }

    [DockerEngineFact]
    public async Task A_gateway_that_was_killed_goes_on_with_its_routes()
    {
        var server = await _world.StartAsync(1);
        await _world.RouteAsync(_ => new() { Baseline = server.Upstream });
        var before = (await _world.ObserveAsync()).Gateway!;

        await _world.KillAsync(before);

        await DeliveryWorld.UntilAsync(async () => (await _world.ObserveAsync()).Gateway != null);
        var routes = await _world.RouteAsync(known => known);
        (routes.Baseline, await _world.AskAsync()).ShouldBe((server.Upstream, "1"));
        (await _world.Environment.KeptRoutesAsync(CancellationToken.None)).ShouldNotBeNull().Generation.ShouldBe(routes.Generation);
    }

    [DockerEngineFact]
    public async Task Where_the_route_cannot_be_written_a_rollback_works_all_the_same()
    {
        await _world.PutInPlaceAsync(1);
        await _world.PutInPlaceAsync(2);
        _world.Cluster.Server.Forbid("patch", "httproutes");
        _world.Cluster.Server.Forbid("patch", "configmaps");

        var back = await _world.RollBackAsync();

        (back.To, back.Warm, await _world.AskAsync()).ShouldBe((1, true, "1"));
    }

    [DockerEngineFact]
    public async Task Where_keys_are_trusted_an_image_that_nobody_signed_is_neither_sent_nor_started()
    {
        var pair = Trust.Create();
        Directory.CreateDirectory(_world["checkout/.nuke/keys"]);
        await File.WriteAllTextAsync(_world["checkout/.nuke/keys/team.pem"], pair.Public);
        _world.Store.Trust = Trust.Of(
            _world["checkout"], KubernetesEnvironment.Name, new Dictionary<string, string> { [Trust.Variable] = pair.Private });
        var version = await _world.RegisterAsync(1);
        var image = await VersionImage.FindAsync(_world.Store, TinyModel.Pipeline, 1, CancellationToken.None);
        var manifest = await _world.Store.Blobs.ReadAsync(image.Manifest, CancellationToken.None);
        var other = await _world.Store.Blobs.PutAsync((byte[])[.. manifest, (byte)' '], CancellationToken.None);
        await OciLayout.TagAsync(_world.Store, image.Name, other.Digest, null, CancellationToken.None);
        using var environment = _world.Open(publish: (_, _) => throw new InvalidOperationException("it was sent"));

        var problem = await Should.ThrowAsync<StageFailedException>(
            async () => await environment.StartAsync(1, await _world.ModelAsync(version), null, CancellationToken.None));

        problem.Findings.ShouldHaveSingleItem().What.ShouldBe("Its image is not signed by anybody this environment trusts");
        Left().ShouldBeEmpty();
    }

    /// <summary>A build that rehearses where something serves would take it away at its end.</summary>
    [DockerEngineFact]
    public async Task A_rehearsal_is_refused_where_something_serves_also_when_the_cluster_kept_no_routes()
    {
        await _world.PutInPlaceAsync(1);
        Objects.Delete(ApiKind.All.Single(kind => kind.Kind == "ConfigMap"), FakeApiServer.Space, $"{Name}-routes");
        var request = new DeploymentRequest(
            TinyModel.Pipeline, await _world.RegisterAsync(2), DeliveryWorld.Policy, RowLoss.SquaredError, 7, "tester")
        {
            MovesAliases = false
        };

        await Should.ThrowAsync<UsageException>(() => _world.DeployAsync(request));

        (await _world.AskAsync()).ShouldBe("1");
    }

    private static string Name => new ClusterNames(TinyModel.Pipeline, null, "").Base;

    private IEnumerable<string> Left() => ResourceKind.All.SelectMany(kind =>
        Objects.List(kind.Plural, FakeApiServer.Space, null).Select(known => $"{kind.Kind} {known["metadata"]!["name"]}"));
}
