using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>
/// What Azure DevOps says of identities: which there are and what groups they are in, and what a list of rights says of each, not of what
/// follows from their groups.
/// </summary>
internal sealed class AzureRights(FakeAzureDevOps host)
{
    private const string Repositories = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";
    private const int Read = 2;
    private const int Contribute = 4;

    private static HostAnswer Forbidden => HostAnswer.Message(403, "TF50309: The following account does not have sufficient permissions");

    private string Token => $"repoV2/{FakeAzureDevOps.NumberOf(host.Project)}/{FakeAzureDevOps.NumberOf(host.Repository)}";

    // The search finds parts of names, and who has left.
    public HostAnswer Identities(HostCall call) => call.Method != "GET" ? FakeAzureDevOps.NotAllowed
        : !host.MayAskPermissions ? Forbidden
        : call.Query.GetValueOrDefault("searchFilter") != "General" || !call.Query.TryGetValue("filterValue", out var wanted)
            ? HostAnswer.Message(400, "Unknown search.")
        : List(host.Permissions.Keys.Select(FakeAzureDevOps.PersonOf)
            .Where(person => person.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .Select(person => new JsonObject
            {
                ["descriptor"] = Descriptor(person), ["isActive"] = true,
                ["properties"] = new JsonObject { ["Account"] = new JsonObject { ["$type"] = "System.String", ["$value"] = person } },
                ["memberOf"] = call.Query.GetValueOrDefault("queryMembership") == "Expanded"
                    ? new JsonArray([.. host.Groups
                        .Where(group => group.Value.Members.Any(name => FakeAzureDevOps.PersonOf(name) == person))
                        .Select(group => (JsonNode)Descriptor(group.Key))])
                    : [],
            }));

    public HostAnswer Lists(HostCall call, string space)
    {
        if (call.Method != "GET" || !host.MayAskPermissions)
        {
            return call.Method != "GET" ? FakeAzureDevOps.NotAllowed : Forbidden;
        }

        if (space != Repositories || call.Query.GetValueOrDefault("token") != Token)
        {
            return List([]);
        }

        var asked = call.Query.GetValueOrDefault("descriptors", "").Split(',');
        var entries = new JsonObject();
        foreach (var (name, right) in host.Permissions.Select(person => (FakeAzureDevOps.PersonOf(person.Key), person.Value))
            .Concat(host.Groups.Select(group => (group.Key, group.Value.Right)))
            .Where(pair => asked.Contains(Descriptor(pair.Item1))))
        {
            entries[Descriptor(name)] = Entry(Descriptor(name), right);
        }

        return List([new JsonObject { ["token"] = Token, ["inheritPermissions"] = true, ["acesDictionary"] = entries }]);
    }

    // What is said above is in the effective figures only.
    private static JsonObject Entry(string descriptor, string right) => new()
    {
        ["descriptor"] = descriptor, ["allow"] = 0, ["deny"] = 0,
        ["extendedInfo"] = new JsonObject
        {
            ["effectiveAllow"] = right switch { "write" or "admin" => Read + Contribute, "read" => Read, _ => 0 },
            ["effectiveDeny"] = right == "denied" ? Contribute : 0,
        },
    };

    private static string Descriptor(string name) => $"Microsoft.IdentityModel.Claims.ClaimsIdentity;{FakeAzureDevOps.NumberOf(name)}";

    private static HostAnswer List(IEnumerable<JsonObject> values)
    {
        var all = values.ToList();
        return new(200, new JsonObject { ["count"] = all.Count, ["value"] = new JsonArray([.. all]) });
    }
}
