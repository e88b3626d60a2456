using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>
/// The fields of an object as server-side apply tells them apart: members of maps, elements of lists that have a key
/// (<c>x-kubernetes-list-map-keys</c> of the published definitions), and whole lists that have none.
/// </summary>
internal static class FieldPaths
{
    private const char Separator = '\u0001';

    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["containers"] = ["name"], ["env"] = ["name"], ["volumes"] = ["name"], ["volumeMounts"] = ["mountPath"],
        ["ports"] = ["containerPort", "port"], ["imagePullSecrets"] = ["name"], ["topologySpreadConstraints"] = ["topologyKey"],
    };

    // Naming an object manages none of its fields, and the server's own are nobody else's.
    private static readonly HashSet<string> Naming =
    [
        .. ((string[])
        [
            "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "deletionTimestamp",
        ]).Select(name => $"metadata{Separator}{name}"),
    ];

    /// <summary>Path and value of each field, as compact JSON.</summary>
    public static Dictionary<string, string> Of(JsonObject content)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in content.Where(member => member.Key is not ("apiVersion" or "kind" or "status")))
        {
            Walk(value, name, name, found);
        }

        return found.Where(field => !Naming.Contains(field.Key)).ToDictionary();
    }

    /// <summary>A path as people read it.</summary>
    public static string Shown(string path) => "." + path.Replace(Separator, '.');

    /// <summary>Brings an applied configuration into an object: maps and keyed lists by member, everything else whole.</summary>
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, string name)
    {
        switch (live, applied)
        {
            case (JsonObject known, JsonObject from):
                var to = known.DeepClone().AsObject();
                foreach (var (member, value) in from)
                {
                    to[member] = Merge(to[member], value, member);
                }

                return to;
            case (JsonArray known, JsonArray from) when Keys.ContainsKey(name):
                var list = known.DeepClone().AsArray();
                foreach (var element in from)
                {
                    var index = list.ToList().FindIndex(other => KeyOf(other!, name) == KeyOf(element!, name));
                    if (index < 0)
                    {
                        list.Add(element!.DeepClone());
                    }
                    else
                    {
                        list[index] = Merge(list[index], element, "");
                    }
                }

                return list;
            default:
                return applied?.DeepClone();
        }
    }

    /// <summary>Takes a field away.</summary>
    public static void Remove(JsonObject content, string path)
    {
        JsonNode? node = content;
        var parts = path.Split(Separator);
        foreach (var part in parts[..^1])
        {
            node = node is JsonArray list ? list.FirstOrDefault(item => PartOf(item!, part) == part) : node?[part];
        }

        if (node is JsonArray among && among.FirstOrDefault(item => PartOf(item!, parts[^1]) == parts[^1]) is { } element)
        {
            among.Remove(element);
        }
        else if (node is JsonObject map)
        {
            map.Remove(parts[^1]);
        }
    }

    private static void Walk(JsonNode? node, string path, string name, Dictionary<string, string> found)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                foreach (var (member, value) in map)
                {
                    Walk(value, path + Separator + member, member, found);
                }

                break;
            case JsonArray list when Keys.ContainsKey(name):
                foreach (var element in list)
                {
                    Walk(element, $"{path}{Separator}[{name}:{KeyOf(element!, name)}]", "", found);
                }

                break;
            default:
                found[path] = node?.ToJsonString() ?? "null";
                break;
        }
    }

    private static string PartOf(JsonNode item, string part) =>
        part[1..part.IndexOf(':', StringComparison.Ordinal)] is var list ? $"[{list}:{KeyOf(item, list)}]" : "";

    private static string KeyOf(JsonNode element, string list) => element is JsonObject map
        && Keys[list].Select(key => map[key]).FirstOrDefault(value => value != null) is { } found
            ? Convert.ToString(found, CultureInfo.InvariantCulture)!
            : "";
}
