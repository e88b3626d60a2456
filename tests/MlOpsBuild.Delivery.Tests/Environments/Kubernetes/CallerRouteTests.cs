using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.Delivery.Environments.Kubernetes.Tests;

public sealed class CallerRouteTests : IAsyncLifetime
{
    private static readonly KubernetesSettings Settings = new()
    {
        Gateway = "infra/edge", Listener = "https", Hostnames = ["tiny.example.com"], RoutePatience = TimeSpan.FromSeconds(2),
    };

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(null);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(0, 10000, 0)]
    [InlineData(5, 9500, 500)]
    [InlineData(33.33, 6667, 3333)]
    [InlineData(100, 0, 10000)]
    public async Task Weights_are_the_shares_and_are_in_force_when_it_returns(double percent, int champion, int canary)
    {
        using var cluster = Open();
        await Route(cluster).RequireAsync(percent, CancellationToken.None);

        var spec = _cluster.Server.Objects.Find("httproutes", FakeApiServer.Space, "tiny")!["spec"]!;
        spec["parentRefs"]!.ToJsonString().ShouldBe("""[{"name":"edge","namespace":"infra","sectionName":"https"}]""");
        spec["rules"]![0]!["backendRefs"]!.AsArray().Select(backend => ((int)backend!["port"]!, (int)backend["weight"]!))
            .ShouldBe([(8080, champion), (8082, canary)]);
        _cluster.Gateways.Taken[^1].ShouldBe(percent, 0.005);
    }

    [Fact]
    public async Task A_gateway_that_does_not_take_the_route_ends_the_step_with_its_reason()
    {
        using var cluster = Open();
        _cluster.Gateways.Refusal = "NotAllowedByListeners";

        var problem = await Should.ThrowAsync<StageFailedException>(() => Route(cluster).RequireAsync(5, CancellationToken.None));

        var finding = problem.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Where).ShouldBe(("MLB5060", "HTTPRoute ml/tiny"));
        finding.Value.ShouldBe("edge: Accepted False, NotAllowedByListeners: NotAllowedByListeners");
    }

    [Fact]
    public async Task A_route_that_nobody_looks_at_is_told()
    {
        using var cluster = Open();
        _cluster.Gateways.Works = false;

        var problem = await Should.ThrowAsync<StageFailedException>(() => Route(cluster).RequireAsync(5, CancellationToken.None));

        problem.Findings.ShouldHaveSingleItem().Value.ShouldBe("no gateway has answered");
    }

    /// <summary>What was accepted before says nothing of what was asked for since.</summary>
    [Fact]
    public async Task An_answer_to_the_weights_before_is_none_to_these()
    {
        using var cluster = Open();
        await Route(cluster).RequireAsync(5, CancellationToken.None);
        _cluster.Gateways.Works = false;

        var problem = await Should.ThrowAsync<StageFailedException>(() => Route(cluster).RequireAsync(25, CancellationToken.None));

        problem.Findings.ShouldHaveSingleItem().Value.ShouldBe("edge has not seen the change yet");
    }

    [Fact]
    public void Each_of_several_gateways_has_to_take_it()
    {
        static JsonNode Parent(string name, string status, int generation) => JsonNode.Parse($$"""
            {"parentRef": {"name": "{{name}}"}, "conditions": [
              {"type": "Accepted", "status": "True", "observedGeneration": {{generation}}},
              {"type": "ResolvedRefs", "status": "{{status}}", "reason": "BackendNotFound", "message": "service tiny", "observedGeneration": {{generation}}}]}
            """)!;
        static JsonNode Of(params JsonNode[] parents) => new JsonObject
        {
            ["metadata"] = new JsonObject { ["generation"] = 3L }, ["status"] = new JsonObject { ["parents"] = new JsonArray(parents) }
        };

        CallerRoute.Problem(Of(Parent("a", "True", 3), Parent("b", "True", 3))).ShouldBeNull();
        CallerRoute.Problem(Of(Parent("a", "True", 3), Parent("b", "False", 3)))
            .ShouldBe("b: ResolvedRefs False, BackendNotFound: service tiny");
        CallerRoute.Problem(Of(Parent("a", "True", 3), Parent("b", "True", 2))).ShouldBe("b has not seen the change yet");
        CallerRoute.Problem(Of(JsonNode.Parse("""{"parentRef": {"name": "a"}}""")!)).ShouldBe("a says nothing of Accepted");
    }

    private Cluster Open()
    {
        var settings = new KubernetesSettings { ConfigFile = _cluster.Server.ConfigFile };
        return new(settings, ClusterAccess.Of(settings, new Dictionary<string, string>()), false, TimeProvider.System);
    }

    private static CallerRoute Route(Cluster cluster) =>
        new(cluster, new ClusterNames("Tiny", null, "registry.example.com/tiny"), Settings, TimeProvider.System);
}
