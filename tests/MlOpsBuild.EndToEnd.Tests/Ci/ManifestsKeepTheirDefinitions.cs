using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Kubernetes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>
/// Manifests, as validators read them that are made from the published definitions of Kubernetes, the Gateway API and Argo Rollouts, and
/// what KServe adds to a pod.
/// </summary>
public sealed class ManifestsKeepTheirDefinitions(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private static readonly ClusterVersion Version = new(
        "BikeDemand", 3, $"registry.example.com/acme/bikedemand@sha256:{new string('a', 64)}", Digest.Of("model"),
        new Dictionary<string, string> { ["MLOPS_MODEL_VERSION"] = "3" });

    private static readonly KubernetesSettings Settings = new()
    {
        Gateway = "infra/edge", Listener = "https", Hostnames = ["bikes.example.com"], PullSecret = "pull", StorageClass = "fast",
    };

    [CiToolsFact]
    public async Task All_of_them_are_valid()
    {
        var (cluster, argo) = (Path.Combine(Checkout.Runtime, "cluster.yaml"), Path.Combine(Checkout.Runtime, "argo.yaml"));
        await File.WriteAllTextAsync(cluster, ClusterManifests.Kubernetes(Version, "registry.example.com/acme/bikedemand", Settings));
        await File.WriteAllTextAsync(
            argo, ClusterManifests.ArgoRollouts(Version, [5, 25, 50], 0.01, new("http://prometheus:9090"), Settings));

        var taken = (await CiTools.ManifestsAsync(Checkout.Environment, Checkout.Root, cluster, argo)).Expect(0).Output;

        taken.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(11 + 5);
    }

    [CiToolsFact]
    public async Task What_KServe_is_given_is_a_pod_and_what_it_adds()
    {
        var file = Path.Combine(Checkout.Runtime, "kserve.yaml");
        var text = ClusterManifests.KServe(Version, Version with { Number = 4 }, 5, Settings);
        await File.WriteAllTextAsync(file, text);
        (await CiTools.ManifestsAsync(Checkout.Environment, Checkout.Root, file)).Expect(0);

        foreach (var (right, wrong) in (IEnumerable<(string, string)>)
            [
                ("trafficPercent: 5", "trafficPercent: 101"), ("scaleMetric: cpu", "scaleMetric: luck"),
                ("name: kserve-container", "name: 5"), ("name: v4", "name: v3"),
            ])
        {
            text.ShouldContain(right);
            await File.WriteAllTextAsync(file, text.Replace(right, wrong, StringComparison.Ordinal));
            (await CiTools.ManifestsAsync(Checkout.Environment, Checkout.Root, file)).Expect(1).Output.ShouldContain("InferenceService ");
        }
    }

    [CiToolsFact]
    public async Task One_that_is_not_is_named()
    {
        var file = Path.Combine(Checkout.Runtime, "bad.yaml");
        var text = ClusterManifests.Kubernetes(Version, "owner", Settings);
        await File.WriteAllTextAsync(file, text.Replace("maxReplicas: 6", "maxReplicas: many", StringComparison.Ordinal));

        (await CiTools.ManifestsAsync(Checkout.Environment, Checkout.Root, file)).Expect(1).Output
            .ShouldContain("HorizontalPodAutoscaler bikedemand-m00000000: ");
    }
}
