using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Session.Tests;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class ClusterTargetTests : IAsyncLifetime, IDisposable
{
    private readonly TestRun _run = new();
    private FakeApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _run.Environment["KUBECONFIG"] = _server.ConfigFile;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Where_a_pipeline_never_served_the_cluster_is_asked_and_has_nothing()
    {
        (await _run.RunAsync<DeployingBuild>("Train", "Package", "--no-image")).ShouldBe(ExitCodes.Passed, _run.Output);

        (await _run.RunAsync<DeployingBuild>("Status", "--environment", "kubernetes")).ShouldBe(ExitCodes.Passed, _run.Output);

        _server.Calls.ShouldContain("GET /apis/apps/v1/namespaces/ml/deployments");
    }

    [Fact]
    public async Task The_command_line_goes_before_what_the_build_says_of_the_namespace()
    {
        await _run.RunAsync<DeployingBuild>("Train", "Package", "--no-image");

        await _run.RunAsync<DeployingBuild>("Status", "--environment", "kubernetes", "--namespace", "other");

        _server.Calls.ShouldContain("GET /apis/apps/v1/namespaces/other/deployments");
    }

    /// <summary>A build server takes its processes with it; a cluster stays, and must not be emptied by a build that ends.</summary>
    [Theory]
    [InlineData(null, true, false)]
    [InlineData("docker", true, false)]
    [InlineData("kubernetes", true, true)]
    [InlineData(null, false, true)]
    public async Task On_a_build_server_a_deployment_to_a_cluster_is_no_rehearsal(string? environment, bool isServer, bool keeps)
    {
        var session = new RunSession(_run.Root, [], _run.Environment, TimeProvider.System, new KeptOutput(), isServer);
        await session.JoinAsync(new(null, null, null, null), environment, false, CancellationToken.None);

        ServingPlaces.KeepsServing(session).ShouldBe(keeps);
    }

    [Fact]
    public async Task Settings_that_nobody_would_read_are_refused()
    {
        (await _run.RunAsync<UnreadClusterBuild>("Status")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("UnreadClusterBuild.Kubernetes: Settings that nobody would read");
    }

    [Theory]
    [InlineData("--for", "flagger", "kubernetes or kserve or argo-rollouts")]
    [InlineData("--prometheus", "prometheus", "http://prometheus.monitoring.svc:9090")]
    public async Task Whom_manifests_are_for_is_checked_before_anything_is_read(string option, string value, string expected)
    {
        (await _run.RunAsync<DeployingBuild>("GenerateManifests", option, value)).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain(expected);
    }
}
