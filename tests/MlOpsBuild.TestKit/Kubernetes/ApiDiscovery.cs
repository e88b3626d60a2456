using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>What the API server says of itself: enough for <c>kubectl</c> to find its way.</summary>
internal static class ApiDiscovery
{
    /// <summary>The answer to a path; null where it is no such path.</summary>
    public static JsonObject? Of(string path, IReadOnlyList<ApiKind> kinds) => path.Trim('/').Split('/') switch
    {
        ["version"] => new() { ["major"] = "1", ["minor"] = "32", ["gitVersion"] = "v1.32.4", ["platform"] = "linux/amd64" },
        ["api"] => new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") },
        ["apis"] => new()
        {
            ["kind"] = "APIGroupList", ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([.. kinds.Where(kind => kind.Group.Length > 0).GroupBy(kind => kind.Group).Select(Group)]),
        },
        ["api", "v1"] => Resources("v1", kinds.Where(kind => kind.Group.Length == 0)),
        ["apis", var group, var version] => Resources(
            $"{group}/{version}", kinds.Where(kind => kind.Group == group && kind.Version == version)),
        _ => null,
    };

    private static JsonObject Group(IGrouping<string, ApiKind> group)
    {
        JsonObject Version(ApiKind kind) => new() { ["groupVersion"] = kind.ApiVersion, ["version"] = kind.Version };
        return new()
        {
            ["name"] = group.Key, ["versions"] = new JsonArray([.. group.DistinctBy(kind => kind.Version).Select(Version)]),
            ["preferredVersion"] = Version(group.First()),
        };
    }

    private static JsonObject Resources(string version, IEnumerable<ApiKind> kinds) => new()
    {
        ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = version,
        ["resources"] = new JsonArray([.. kinds.Select(kind => new JsonObject
        {
            ["name"] = kind.Plural, ["singularName"] = kind.Kind.ToLowerInvariant(), ["namespaced"] = true, ["kind"] = kind.Kind,
            ["verbs"] = new JsonArray("create", "delete", "get", "list", "patch", "update", "watch"),
        })]),
    };
}
