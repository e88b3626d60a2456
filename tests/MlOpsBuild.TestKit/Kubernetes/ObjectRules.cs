using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using k8s;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>
/// What the API server refuses: fields that the published definitions do not know (strictly, as <c>fieldValidation=Strict</c> asks), values
/// of other types, names and labels that are none, and what the kinds that are used here require of one another.
/// </summary>
internal static partial class ObjectRules
{
    private const int LongestLabel = 63;
    private const int MostWeight = 1_000_000;

    /// <summary>Requires that an object is one.</summary>
    /// <exception cref="ApiException">It is none: with all causes.</exception>
    public static void Require(ApiKind kind, JsonObject content)
    {
        var problems = new List<(string Field, string Message)>();
        void Check(bool holds, string field, string message)
        {
            if (!holds)
            {
                problems.Add((field, message));
            }
        }

        Check((string?)content["apiVersion"] == kind.ApiVersion, "apiVersion", $"must be {kind.ApiVersion}");
        Check((string?)content["kind"] == kind.Kind, "kind", $"must be {kind.Kind}");
        var name = (string?)content["metadata"]?["name"] ?? "";
        var pattern = kind.Kind == "Service" ? ServiceName() : ObjectName();
        Check(pattern.IsMatch(name), "metadata.name", $"Invalid value: \"{name}\": a lowercase RFC 1123 name must match {pattern}");
        Check(kind.Kind != "Service" || name.Length <= LongestLabel, "metadata.name", "must be no more than 63 characters");
        foreach (var (key, value) in content["metadata"]?["labels"]?.AsObject() ?? [])
        {
            Check(
                LabelValue().IsMatch((string?)value ?? "") && ((string?)value ?? "").Length <= LongestLabel, $"metadata.labels.{key}",
                $"Invalid value: \"{value}\"");
            Check(LabelKey().IsMatch(key), $"metadata.labels.{key}", "Invalid key");
        }

        Shape(kind, content, Check);
        if (problems.Count > 0)
        {
            throw new ApiException(
                422, "Invalid", $"{kind.Kind} \"{name}\" is invalid: {string.Join(", ", problems.Select(problem => $"{problem.Field}: {problem.Message}"))}",
                [.. problems]);
        }
    }

    private static void Shape(ApiKind kind, JsonObject content, Action<bool, string, string> check)
    {
        try
        {
            if (kind.Model != null)
            {
                Known(content, kind.Model, "");
                _ = typeof(KubernetesJson).GetMethods()
                    .Single(method => method.Name == "Deserialize" && method.GetParameters()[0].ParameterType == typeof(string))
                    .MakeGenericMethod(kind.Model).Invoke(null, [content.ToJsonString(), null]);
            }
        }
        catch (Exception problem) when (problem is System.Reflection.TargetInvocationException or JsonException)
        {
            throw new ApiException(
                400, "BadRequest", $"{kind.Kind} in version \"{kind.Version}\" cannot be handled: {(problem.InnerException ?? problem).Message}");
        }

        switch (kind.Kind)
        {
            case "Deployment":
                var labels = content["spec"]?["template"]?["metadata"]?["labels"]?.AsObject() ?? [];
                var wanted = content["spec"]?["selector"]?["matchLabels"]?.AsObject();
                check(wanted is { Count: > 0 }, "spec.selector", "Required value");
                check(
                    wanted?.All(label => (string?)labels[label.Key] == (string?)label.Value) == true, "spec.template.metadata.labels",
                    "`selector` does not match template `labels`");
                check(content["spec"]?["template"]?["spec"]?["containers"] is JsonArray { Count: > 0 }, "spec.template.spec.containers",
                    "Required value");
                Mounts(content["spec"]?["template"]?["spec"], check);
                break;
            case "Job":
                var pod = content["spec"]?["template"]?["spec"];
                check(pod?["containers"] is JsonArray { Count: > 0 }, "spec.template.spec.containers", "Required value");
                check(
                    (string?)pod?["restartPolicy"] is "Never" or "OnFailure", "spec.template.spec.restartPolicy",
                    "Required value: valid values: \"OnFailure\", \"Never\"");
                check(
                    content["spec"]?["podFailurePolicy"] == null || (string?)pod?["restartPolicy"] == "Never",
                    "spec.template.spec.restartPolicy", "Invalid value: only \"Never\" is supported when podFailurePolicy is specified");
                check(
                    ((string?)content["metadata"]?["name"] ?? "").Length <= LongestLabel, "metadata.name",
                    "must be no more than 63 characters");
                Mounts(pod, check);
                break;
            case "HorizontalPodAutoscaler":
                check(
                    (int?)content["spec"]?["maxReplicas"] >= ((int?)content["spec"]?["minReplicas"] ?? 1), "spec.maxReplicas",
                    "must be greater than or equal to `minReplicas`");
                break;
            case "HTTPRoute":
                Route(content, check);
                break;
        }
    }

    // Gateway API v1: only what a route of ours may have.
    private static void Route(JsonObject content, Action<bool, string, string> check)
    {
        var spec = content["spec"]?.AsObject() ?? [];
        Only(spec, ["parentRefs", "hostnames", "rules"], "spec");
        check(spec["rules"] is JsonArray { Count: > 0 and <= 16 }, "spec.rules", "must have 1 to 16 items");
        foreach (var parent in spec["parentRefs"]?.AsArray() ?? [])
        {
            Only(parent!.AsObject(), ["group", "kind", "namespace", "name", "sectionName", "port"], "spec.parentRefs");
        }

        foreach (var rule in spec["rules"]?.AsArray() ?? [])
        {
            Only(rule!.AsObject(), ["matches", "filters", "backendRefs", "timeouts", "name"], "spec.rules");
            foreach (var backend in rule["backendRefs"]?.AsArray() ?? [])
            {
                Only(backend!.AsObject(), ["group", "kind", "namespace", "name", "port", "weight", "filters"], "spec.rules.backendRefs");
                check((int?)backend["weight"] is null or (>= 0 and <= MostWeight), "spec.rules.backendRefs.weight",
                    "should be 0 to 1000000");
                check((int?)backend["port"] is >= 1 and <= ushort.MaxValue, "spec.rules.backendRefs.port",
                    "Must have port for Service reference");
            }
        }
    }

    private static void Mounts(JsonNode? pod, Action<bool, string, string> check)
    {
        var volumes = (pod?["volumes"]?.AsArray() ?? []).Select(volume => (string?)volume!["name"]).ToHashSet();
        foreach (var mount in (pod?["containers"]?.AsArray() ?? []).SelectMany(container => container!["volumeMounts"]?.AsArray() ?? []))
        {
            check(volumes.Contains((string?)mount!["name"]), "spec.template.spec.containers.volumeMounts.name",
                $"Not found: \"{mount["name"]}\"");
        }
    }

    private static void Only(JsonObject map, string[] known, string where)
    {
        foreach (var (member, _) in map.Where(member => !known.Contains(member.Key)))
        {
            throw new ApiException(400, "BadRequest", $"strict decoding error: unknown field \"{where}.{member}\"");
        }
    }

    // Names of members, all the way down, by the client's types.
    private static void Known(JsonNode? node, Type type, string path)
    {
        var element = Nullable.GetUnderlyingType(type) ?? type;
        if (node is JsonArray list && element.IsGenericType)
        {
            foreach (var item in list)
            {
                Known(item, element.GetGenericArguments()[0], path);
            }
        }
        else if (node is JsonObject map && element.Namespace == "k8s.Models")
        {
            var members = element.GetProperties()
                .Select(property => (property,
                    attribute: (JsonPropertyNameAttribute?)Attribute.GetCustomAttribute(property, typeof(JsonPropertyNameAttribute))))
                .Where(member => member.attribute != null)
                .ToDictionary(member => member.attribute!.Name, member => member.property.PropertyType);
            foreach (var (name, value) in map)
            {
                if (members.Count > 0)
                {
                    Known(
                        value,
                        members.GetValueOrDefault(name)
                            ?? throw new ApiException(400, "BadRequest",
                            $"strict decoding error: unknown field \"{path}.{name}\"".Replace("\".", "\"", StringComparison.Ordinal)),
                        $"{path}.{name}");
                }
            }
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex ObjectName();

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex ServiceName();

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]
    private static partial Regex LabelValue();

    [GeneratedRegex("^([a-z0-9.-]+/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")]
    private static partial Regex LabelKey();
}
