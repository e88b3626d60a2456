using System.Globalization;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// The <c>HTTPRoute</c> (Gateway API v1) by which callers come in: it sends the canary's share to the port of the canary, and says when
/// that is in force. What answers at either port the pipeline's gateway decides, so that a route that lags behind never brings back a
/// version
/// that was withdrawn.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="names">How things are called.</param>
/// <param name="settings">Through what callers come in.</param>
/// <param name="time">The clock.</param>
internal sealed class CallerRoute(Cluster cluster, ClusterNames names, KubernetesSettings settings, TimeProvider time)
{
    private const int All = 10_000;
    private const double AllPercent = 100;
    private static readonly string[] Wanted = ["Accepted", "ResolvedRefs"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether there is one.</summary>
    public bool IsConfigured => settings.Gateway != null;

    /// <summary>The route that gives the canary a share.</summary>
    /// <param name="names">How things are called.</param>
    /// <param name="settings">Through what callers come in.</param>
    /// <param name="percent">The share, 0 to 100.</param>
    public static Manifest Of(ClusterNames names, KubernetesSettings settings, double percent)
    {
        var weight = (int)Math.Round(percent / AllPercent * All);
        var metadata = new JsonObject { ["name"] = names.Base };
        metadata["labels"] = new JsonObject(names.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        metadata["annotations"] = new JsonObject(
            names.Metadata(names.Base).Annotations.Select(note => KeyValuePair.Create(note.Key, (JsonNode?)note.Value)));
        var spec = new JsonObject { ["parentRefs"] = new JsonArray(ParentOf(settings)) };
        if (settings.Hostnames.Count > 0)
        {
            spec["hostnames"] = new JsonArray([.. settings.Hostnames.Select(host => (JsonNode?)host)]);
        }

        spec["rules"] = new JsonArray(new JsonObject
        {
            ["matches"] = new JsonArray(new JsonObject { ["path"] = new JsonObject { ["type"] = "PathPrefix", ["value"] = "/" } }),
            ["backendRefs"] = new JsonArray(
                Backend(names, ContainedModelOptions.UsualPort, All - weight), Backend(names, GatewayManifests.CanaryPort, weight)),
        });
        return new(ResourceKind.Route, new()
        {
            ["apiVersion"] = ResourceKind.Route.ApiVersion, ["kind"] = ResourceKind.Route.Kind, ["metadata"] = metadata, ["spec"] = spec
        });
    }

    /// <summary>Namespace and name of a gateway; without a namespace it is in the route's.</summary>
    public static (string? Space, string Name) Parent(string gateway) =>
        gateway.Split('/') is [var space, var name] ? (space, name) : (null, gateway);

    /// <summary>Gives the canary its share, and does not wait until it is in force.</summary>
    public Task SetAsync(double percent, CancellationToken cancellationToken) =>
        cluster.ApplyAsync(Of(names, settings, percent), cancellationToken);

    /// <summary>Gives the canary its share, and returns when every gateway has taken it.</summary>
    /// <exception cref="StageFailedException">They do not.</exception>
    public async Task RequireAsync(double percent, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var route = await cluster.ApplyAsync(Of(names, settings, percent), cancellationToken);
        while (Problem(route) is { } problem)
        {
            if (time.GetElapsedTime(started) > settings.RoutePatience)
            {
                throw new StageFailedException(new Finding(
                    "MLB5060", "The route is not in force", $"HTTPRoute {cluster.Namespace}/{names.Base}", problem,
                    string.Create(CultureInfo.InvariantCulture, $"a weight of {percent:0.##} % that the gateway {settings.Gateway} has taken within {settings.RoutePatience.TotalSeconds:0} s"),
                    "kubectl describe httproute tells more; the gateway's namespace has to allow routes of this one"));
            }

            await Task.Delay(Pause, time, cancellationToken);
            route = await cluster.FindAsync(ResourceKind.Route, names.Base, cancellationToken) ?? route;
        }
    }

    /// <summary>Why a route is not in force as it was asked for last; null when it is.</summary>
    public static string? Problem(JsonNode route)
    {
        var generation = (long?)route["metadata"]?["generation"] ?? 0;
        var parents = route["status"]?["parents"]?.AsArray() ?? [];
        return parents.Count == 0 ? "no gateway has answered"
            : parents.SelectMany(parent => Wanted.Select(type => ProblemOf(parent!, type, generation)))
                .FirstOrDefault(problem => problem != null);
    }

    private static string? ProblemOf(JsonNode parent, string type, long generation)
    {
        var condition = parent["conditions"]?.AsArray().FirstOrDefault(condition => (string?)condition!["type"] == type);
        var gateway = (string?)parent["parentRef"]?["name"];
        return condition == null ? $"{gateway} says nothing of {type}"
            : ((long?)condition["observedGeneration"] ?? 0) < generation ? $"{gateway} has not seen the change yet"
            : (string?)condition["status"] != "True" ? $"{gateway}: {type} {condition["status"]}, {condition["reason"]}: {condition["message"]}"
            : null;
    }

    private static JsonObject ParentOf(KubernetesSettings settings)
    {
        var (space, name) = Parent(settings.Gateway!);
        var parent = new JsonObject { ["name"] = name };
        if (space != null)
        {
            parent["namespace"] = space;
        }

        if (settings.Listener is { } listener)
        {
            parent["sectionName"] = listener;
        }

        return parent;
    }

    private static JsonObject Backend(ClusterNames names, int port, int weight) =>
        new() { ["name"] = names.Base, ["port"] = port, ["weight"] = weight };
}
