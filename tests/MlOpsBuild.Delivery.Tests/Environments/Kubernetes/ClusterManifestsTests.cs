using MlOpsBuild.Core;
using YamlDotNet.Serialization;

namespace MlOpsBuild.Delivery.Environments.Kubernetes.Tests;

/// <summary>Manifests for others: that their own definitions take them is tested end to end, with the validators made from these.</summary>
public sealed class ClusterManifestsTests
{
    private static readonly KubernetesSettings Settings = new() { Gateway = "infra/edge", Namespace = "ml" };

    [Fact]
    public void Of_a_deployment_all_objects_are_there_in_the_order_in_which_they_are_applied()
    {
        var kinds = Read(ClusterManifests.Kubernetes(Version(3), "registry.example.com/acme/tiny", Settings))
            .Select(document => (string)document["kind"]);

        kinds.ShouldBe(
        [
            "Service", "Deployment", "NetworkPolicy", "PodDisruptionBudget", "HorizontalPodAutoscaler", "Secret", "PersistentVolumeClaim",
            "Service", "Deployment", "NetworkPolicy", "HTTPRoute",
        ]);
    }

    /// <summary>Applied over a gateway that runs, what only stands for its tokens would end it.</summary>
    [Fact]
    public void What_kubectl_may_apply_has_no_secret()
    {
        var text = ClusterManifests.Kubernetes(Version(3), "registry.example.com/acme/tiny", Settings, withSecrets: false);

        Read(text).Select(document => (string)document["kind"]).ShouldNotContain("Secret");
        text.ShouldNotContain("***");
    }

    [Fact]
    public void The_same_version_gives_the_same_text()
    {
        ClusterManifests.Kubernetes(Version(3), "owner", Settings).ShouldBe(ClusterManifests.Kubernetes(Version(3), "owner", Settings));
    }

    /// <summary>KServe 0.20: a canary is an entry of a list beside the predictor, and has no settings that scale it.</summary>
    [Fact]
    public void KServe_gets_the_champion_and_beside_it_the_canary_with_its_share()
    {
        var spec = (Dictionary<object, object>)Read(ClusterManifests.KServe(Version(3), Version(4), 5, Settings))
            .ShouldHaveSingleItem()["spec"];

        var predictor = (Dictionary<object, object>)spec["predictor"];
        (predictor["name"], predictor["minReplicas"], predictor["maxReplicas"]).ShouldBe(("v3", "2", "6"));
        var entry = (Dictionary<object, object>)((List<object>)spec["canary"]).ShouldHaveSingleItem();
        var canary = (Dictionary<object, object>)entry["predictor"];
        (entry["trafficPercent"], canary["name"], canary.ContainsKey("maxReplicas")).ShouldBe(("5", "v4", false));
        ((Dictionary<object, object>)((List<object>)canary["containers"])[0])["image"].ShouldBe("registry/tiny@sha256:4");
    }

    [Fact]
    public void KServe_without_another_version_gets_no_canary() =>
        ((Dictionary<object, object>)Read(ClusterManifests.KServe(Version(3), null, 5, Settings))[0]["spec"]).ContainsKey("canary")
            .ShouldBeFalse();

    /// <summary>Argo takes "neither" for inconclusive, and by default pauses then: no requests are no good news.</summary>
    [Fact]
    public void An_analysis_without_requests_neither_passes_nor_fails()
    {
        var text = ClusterManifests.ArgoRollouts(Version(3), [5, 50], 0.01, new("http://prometheus:9090"), Settings);

        var documents = Read(text);
        documents.Select(document => (string)document["kind"]).ShouldBe(["Service", "Service", "HTTPRoute", "AnalysisTemplate", "Rollout"]);
        text.ShouldContain("successCondition: len(result) > 0 && !isNaN(result[0]) && result[0] <= 0.01");
        text.ShouldContain("failureCondition: len(result) > 0 && !isNaN(result[0]) && result[0] > 0.01");
        text.ShouldNotContain("inconclusiveLimit");
        text.ShouldContain("version=\"3\"");
    }

    [Fact]
    public void Argo_steps_are_the_policys()
    {
        var rollout = Read(ClusterManifests.ArgoRollouts(Version(3), [5, 50], 0.01, new("http://prometheus:9090"), Settings))[^1];

        var canary = (Dictionary<object,
            object>)((Dictionary<object, object>)((Dictionary<object, object>)rollout["spec"])["strategy"])["canary"];
        ((List<object>)canary["steps"]).Cast<Dictionary<object, object>>()
            .Where(step => step.ContainsKey("setWeight")).Select(step => (string)step["setWeight"]).ShouldBe(["5", "50"]);
    }

    [Fact]
    public void Argo_needs_a_gateway_whose_weights_it_can_move()
    {
        var problem = Should.Throw<UsageException>(
            () => ClusterManifests.ArgoRollouts(Version(3), [5], 0.01, new("http://prometheus:9090"), new()));

        problem.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB5067");
    }

    private static ClusterVersion Version(int number) => new(
        "Tiny", number, $"registry/tiny@sha256:{number}", Digest.Of($"model {number}"),
        new Dictionary<string, string> { ["MLOPS_MODEL_VERSION"] = $"{number}" });

    private static List<Dictionary<string, object>> Read(string yaml) =>
        [.. yaml.Split("---\n").Select(document => new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(document))];
}
