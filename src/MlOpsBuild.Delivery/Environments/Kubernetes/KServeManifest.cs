using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// What KServe takes: our image as a custom predictor. To promote is to name the canary's predictor as the first and to leave the list out;
/// to roll back is to leave it out (<c>serving.kserve.io/v1beta1</c>, deployment mode <c>Standard</c>).
/// </summary>
internal static class KServeManifest
{
    private static readonly ResourceKind Kind = new("serving.kserve.io", "v1beta1", "inferenceservices", "InferenceService");

    public static Manifest Of(ClusterVersion champion, ClusterVersion? canary, int percent, KubernetesSettings settings)
    {
        var names = new ClusterNames(champion.Pipeline, null, "");
        var spec = new JsonObject { ["predictor"] = Predictor(names, champion, settings, scaled: true) };
        if (canary != null)
        {
            // A canary has none of the settings by which the first one scales.
            spec["canary"] = new JsonArray(new JsonObject
            {
                ["trafficPercent"] = percent, ["predictor"] = Predictor(names, canary, settings, scaled: false),
            });
        }

        return new(Kind, new()
        {
            ["apiVersion"] = Kind.ApiVersion,
            ["kind"] = Kind.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = names.Base,
                ["annotations"] = new JsonObject { ["serving.kserve.io/deploymentMode"] = "Standard" },
            },
            ["spec"] = spec,
        });
    }

    private static JsonObject Predictor(ClusterNames names, ClusterVersion version, KubernetesSettings settings, bool scaled)
    {
        var container = new ServerManifests(names, settings).Of(version.Image, [], version.Variables);
        container.Name = "kserve-container";
        container.ReadinessProbe = ServerManifests.Probe("ready");
        var predictor = new JsonObject
        {
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"v{version.Number}"),
            ["minReplicas"] = scaled ? settings.MinimumReplicas : 1,
        };
        if (scaled && settings.MaximumReplicas > settings.MinimumReplicas)
        {
            (predictor["maxReplicas"], predictor["scaleMetric"], predictor["scaleTarget"]) =
                (settings.MaximumReplicas, "cpu", settings.TargetUtilisation);
        }

        predictor["containers"] = new JsonArray(JsonNode.Parse(KubernetesJson.Serialize(container)));
        return predictor;
    }
}
