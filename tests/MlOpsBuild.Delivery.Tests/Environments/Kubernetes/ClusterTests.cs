using System.Text.Json.Nodes;
using k8s.Models;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.Delivery.Environments.Kubernetes.Tests;

/// <summary>What the API server answers, over TLS and with a token as a cluster does.</summary>
public sealed class ClusterTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FakeApiServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_applied_twice_is_there_once()
    {
        using var cluster = Open();

        await cluster.ApplyAsync(Map("one", "1"), CancellationToken.None);
        var first = _server.Objects.Find("configmaps", FakeApiServer.Space, "map")!["metadata"]!["uid"]!.ToString();
        await cluster.ApplyAsync(Map("two", "2"), CancellationToken.None);

        var found = (await cluster.FindAsync<V1ConfigMap>(ResourceKind.ConfigMap, "map", CancellationToken.None)).ShouldNotBeNull();
        (found.Metadata.Uid, string.Join(',', found.Data)).ShouldBe((first, "[two, 2]"));
    }

    [Fact]
    public async Task A_field_that_somebody_else_manages_is_told_with_who_it_is_and_left()
    {
        using var cluster = Open();
        await cluster.ApplyAsync(Map("share", "10"), CancellationToken.None);
        _server.Objects.Update(
            ApiKind.All.Single(kind => kind.Kind == "ConfigMap"), FakeApiServer.Space, "map", "kubectl-edit", known =>
            {
                known["data"]!["share"] = "99";
                return known;
            });

        var problem = await Should.ThrowAsync<StageFailedException>(() => cluster.ApplyAsync(Map("share", "20"), CancellationToken.None));

        var finding = problem.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Where).ShouldBe(("MLB5056", "apply ConfigMap map: .data.share"));
        finding.Value.ShouldNotBeNull().ShouldContain("kubectl-edit");
        (await ValueAsync(cluster)).ShouldBe("99");
        using var other = Open(takeOver: true);
        await other.ApplyAsync(Map("share", "20"), CancellationToken.None);
        (await ValueAsync(other)).ShouldBe("20");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_server_that_is_busy_is_asked_again(int status)
    {
        using var cluster = Open();
        _server.Fail(request => request.Method == "PATCH", status, times: 2);

        await cluster.ApplyAsync(Map("a", "b"), CancellationToken.None);

        _server.Calls.Count(call => call.StartsWith("PATCH", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(3600, 30)]
    public async Task A_server_that_says_when_is_asked_then_within_reason(int seconds, int waited)
    {
        var time = new ManualTime();
        var (settings, before) = (new KubernetesSettings { ConfigFile = _server.ConfigFile }, time.GetUtcNow());
        using var cluster = new Cluster(settings, ClusterAccess.Of(settings, new Dictionary<string, string>()), false, time);
        _server.Fail(request => request.Method == "PATCH", 429, retryAfter: seconds);

        await cluster.ApplyAsync(Map("a", "b"), CancellationToken.None);

        (time.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(waited));
    }

    [Fact]
    public async Task A_server_that_stays_so_is_told_with_its_answer()
    {
        using var cluster = Open();
        _server.Fail(_ => true, 503, times: 20);

        var problem = await Should.ThrowAsync<StageFailedException>(() => cluster.ApplyAsync(Map("a", "b"), CancellationToken.None));

        var finding = problem.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.What).ShouldBe(("MLB5058", "The cluster does not apply ConfigMap map"));
        finding.Value.ShouldBe("503 told to fail");
    }

    [Fact]
    public async Task Nobody_who_answers_is_told_with_the_address()
    {
        using var cluster = Open();
        var address = cluster.Address.ToString();
        await _server.DisposeAsync();

        var problem = await Should.ThrowAsync<StageFailedException>(
            () => cluster.FindAsync<V1ConfigMap>(ResourceKind.ConfigMap, "map", CancellationToken.None));

        var finding = problem.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Where).ShouldBe(("MLB5059", address));
    }

    [Fact]
    public async Task Credentials_that_are_not_valid_are_told()
    {
        await File.WriteAllTextAsync(_folder["config"], _server.Config("deployer", FakeApiServer.Space, "expired"));
        using var cluster = Open(file: _folder["config"]);

        var problem = await Should.ThrowAsync<UsageException>(() => cluster.ApplyAsync(Map("a", "b"), CancellationToken.None));

        problem.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB5053");
    }

    [Fact]
    public async Task A_right_that_is_missing_is_told_with_what_it_was_for()
    {
        using var cluster = Open();
        _server.Forbid("patch", "configmaps");

        var problem = await Should.ThrowAsync<UsageException>(() => cluster.ApplyAsync(Map("a", "b"), CancellationToken.None));

        var finding = problem.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.What).ShouldBe(("MLB5054", "The cluster does not let this user apply ConfigMap map"));
        finding.Value.ShouldNotBeNull().ShouldContain("cannot patch resource");
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_and_a_cluster_without_the_gateway_api_are_told()
    {
        using var elsewhere = Open(space: "mll");
        using var cluster = Open();
        _server.Kinds = [.. ApiKind.All.Where(kind => kind.Kind != "HTTPRoute")];
        var route = CallerRoute.Of(Names(), new() { Gateway = "edge" }, 0);

        (await Should.ThrowAsync<UsageException>(() => elsewhere.ApplyAsync(Map("a", "b"), CancellationToken.None)))
            .Findings.ShouldHaveSingleItem().Value.ShouldBe("namespaces \"mll\" not found");
        var finding = (await Should.ThrowAsync<UsageException>(() => cluster.ApplyAsync(route, CancellationToken.None)))
            .Findings.ShouldHaveSingleItem();
        (finding.Code, finding.What).ShouldBe(("MLB5055", "The cluster has no place to apply HTTPRoute tiny"));
    }

    [Fact]
    public async Task What_is_refused_is_told_with_every_cause()
    {
        using var cluster = Open();
        var map = Map("a", "b");
        map.Content["metadata"]!["labels"] = new JsonObject { ["one"] = "no good", ["two"] = new string('x', 64) };

        var problem = await Should.ThrowAsync<StageFailedException>(() => cluster.ApplyAsync(map, CancellationToken.None));

        problem.Findings.Select(finding => (finding.Code, finding.Where)).ShouldBe(
        [
            ("MLB5057", "apply ConfigMap map: metadata.labels.one"), ("MLB5057", "apply ConfigMap map: metadata.labels.two"),
        ]);
    }

    [Fact]
    public async Task What_is_gone_is_no_error_when_it_is_to_go()
    {
        using var cluster = Open();
        await cluster.ApplyAsync(Map("a", "b"), CancellationToken.None);

        (await cluster.DeleteAsync(ResourceKind.ConfigMap, "map", CancellationToken.None)).ShouldBeTrue();
        (await cluster.DeleteAsync(ResourceKind.ConfigMap, "map", CancellationToken.None)).ShouldBeFalse();
    }

    private static ClusterNames Names() => new("Tiny", null, "registry.example.com/tiny");

    private static Manifest Map(string key, string value) => Manifest.Of(
        ResourceKind.ConfigMap,
        new V1ConfigMap { Metadata = new() { Name = "map" }, Data = new Dictionary<string, string> { [key] = value } });

    private static async Task<string> ValueAsync(Cluster cluster) =>
        (await cluster.FindAsync<V1ConfigMap>(ResourceKind.ConfigMap, "map", CancellationToken.None))!.Data["share"];

    private Cluster Open(bool takeOver = false, string? file = null, string? space = null)
    {
        var settings = new KubernetesSettings { ConfigFile = file ?? _server.ConfigFile, Namespace = space };
        return new(settings, ClusterAccess.Of(settings, new Dictionary<string, string>()), takeOver, TimeProvider.System);
    }
}
