using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// What Argo Rollouts takes: the rollout, its two services, the route whose weights its Gateway API plugin moves, and an analysis of
/// errors. Without requests in the window the analysis is neither passed nor failed, and the rollout waits for somebody.
/// </summary>
internal sealed class ArgoManifests(ClusterVersion version, KubernetesSettings settings)
{
    private const string Window = "5m";
    private const string Pause = "5m";
    private const string Errors = "errors";
    private static readonly ResourceKind Rollout = new("argoproj.io", "v1alpha1", "rollouts", "Rollout");
    private static readonly ResourceKind Analysis = new("argoproj.io", "v1alpha1", "analysistemplates", "AnalysisTemplate");
    private readonly ClusterNames _names = new(version.Pipeline, null, "");

    /// <summary>All of them, in the order in which they are applied.</summary>
    /// <exception cref="UsageException">There is no gateway whose route could be moved.</exception>
    public IReadOnlyList<Manifest> Of(IReadOnlyList<int> steps, double toleratedRate, Uri prometheus)
    {
        if (settings.Gateway == null)
        {
            throw new UsageException(new Finding(
                "MLB5067", "No gateway whose weights could be moved", "KubernetesSettings.Gateway", null, "NAME or NAMESPACE/NAME",
                "name the Gateway through which callers come in, in the build class"));
        }

        var labels = _names.PodsOf("rollout");
        return
        [
            Service("stable", labels), Service("canary", labels), Route(), Template(toleratedRate, prometheus), Of(labels, steps),
        ];
    }

    private Manifest Service(string arm, Dictionary<string, string> labels) => Manifest.Of(ResourceKind.Service, new V1Service
    {
        Metadata = new() { Name = $"{_names.Base}-{arm}" },
        Spec = new() { Selector = labels, Ports = [ServerManifests.Port(ServerManifests.PortName, ContainedModelOptions.UsualPort)] },
    });

    private Manifest Route()
    {
        var route = CallerRoute.Of(_names, settings, 0);
        var backends = route.Content["spec"]!["rules"]![0]!["backendRefs"]!.AsArray();
        foreach (var (backend, arm, weight) in new[] { (backends[0]!, "stable", 100), (backends[1]!, "canary", 0) })
        {
            (backend["name"], backend["port"], backend["weight"]) = ($"{_names.Base}-{arm}", ContainedModelOptions.UsualPort, weight);
        }

        route.Content["metadata"] = new JsonObject { ["name"] = _names.Base };
        return route;
    }

    private Manifest Template(double toleratedRate, Uri prometheus)
    {
        var of = string.Create(CultureInfo.InvariantCulture, $"pipeline=\"{version.Pipeline}\",version=\"{version.Number}\"");
        var rate = toleratedRate.ToString(CultureInfo.InvariantCulture);
        return New(Analysis, $"{_names.Base}-{Errors}", new()
        {
            ["metrics"] = new JsonArray(new JsonObject
            {
                ["name"] = Errors,
                ["interval"] = "1m",
                ["failureLimit"] = 0,
                ["consecutiveErrorLimit"] = 4,
                ["successCondition"] = $"len(result) > 0 && !isNaN(result[0]) && result[0] <= {rate}",
                ["failureCondition"] = $"len(result) > 0 && !isNaN(result[0]) && result[0] > {rate}",
                ["provider"] = new JsonObject
                {
                    ["prometheus"] = new JsonObject
                    {
                        ["address"] = prometheus.ToString(),
                        ["query"] = $"(sum(rate(mlops_requests_total{{{of},code=~\"5..\"}}[{Window}])) or vector(0))"
                            + $" / sum(rate(mlops_requests_total{{{of}}}[{Window}]))",
                    },
                },
            }),
        });
    }

    private Manifest Of(Dictionary<string, string> labels, IReadOnlyList<int> steps)
    {
        var servers = new ServerManifests(_names, settings);
        var container = servers.Of(version.Image, [], version.Variables);
        container.ReadinessProbe = ServerManifests.Probe("ready");
        var (space, _) = CallerRoute.Parent(settings.Gateway!);
        var plugin = new JsonObject { ["httpRoute"] = _names.Base, ["namespace"] = settings.Namespace ?? space ?? "default" };
        return New(Rollout, _names.Base, new()
        {
            ["replicas"] = settings.MinimumReplicas,
            ["revisionHistoryLimit"] = 3,
            ["rollbackWindow"] = new JsonObject { ["revisions"] = 3 },
            ["selector"] = new JsonObject { ["matchLabels"] = JsonNode.Parse(KubernetesJson.Serialize(labels)) },
            ["template"] = JsonNode.Parse(KubernetesJson.Serialize(servers.Pod(labels, container))),
            ["strategy"] = new JsonObject
            {
                ["canary"] = new JsonObject
                {
                    ["stableService"] = $"{_names.Base}-stable",
                    ["canaryService"] = $"{_names.Base}-canary",
                    ["abortScaleDownDelaySeconds"] = 300,
                    ["trafficRouting"] = new JsonObject { ["plugins"] = new JsonObject { ["argoproj-labs/gatewayAPI"] = plugin } },
                    ["analysis"] = new JsonObject
                    {
                        ["templates"] = new JsonArray(new JsonObject { ["templateName"] = $"{_names.Base}-{Errors}" }),
                        ["startingStep"] = 1,
                    },
                    ["steps"] = new JsonArray([.. steps.SelectMany(step => (JsonNode[])
                    [
                        new JsonObject { ["setWeight"] = step }, new JsonObject { ["pause"] = new JsonObject { ["duration"] = Pause } },
                    ])]),
                },
            },
        });
    }

    private static Manifest New(ResourceKind kind, string name, JsonObject spec) => new(kind, new()
    {
        ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind, ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec
    });
}
