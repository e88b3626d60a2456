using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing.AzureDevOps;

/// <summary>
/// Who may contribute to a repository on Azure DevOps. It tells nobody what another may do in the end, only what is said of each identity:
/// so a person's groups are asked for, then what the repository, its project and the collection say of them all. A refusal of any of them
/// outweighs. The token needs <c>Identity (Read)</c> and <c>Security (Read)</c>.
/// </summary>
internal sealed class AzureDevOpsRights(HostRequests requests, CodeHostContext context)
{
    // The namespace of git repositories, and its permission GenericContribute.
    private const string Repositories = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";
    private const int Contribute = 4;

    /// <summary>Whether <paramref name="person"/>, known by their name to log in, may write.</summary>
    public async Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken)
    {
        var repository = (await requests.GetAsync(
            $"{AzureDevOpsHost.Repository(context)}?{AzureDevOpsHost.Version}", cancellationToken)).Json;
        var names = await NamesAsync(person, cancellationToken);
        if (names.Count == 0)
        {
            return false;
        }

        var token = $"repoV2/{repository["project"].Text("id")}/{repository.Text("id")}";
        var said = (await requests.GetAsync(
            $"_apis/accesscontrollists/{Repositories}?token={Uri.EscapeDataString(token)}&descriptors={Uri.EscapeDataString(string.Join(',', names))}&includeExtendedInfo=true&{AzureDevOpsHost.Version}",
            cancellationToken)).Json;
        var entries = said.Items("value")
            .Where(list => list.Text("token") == token)
            .SelectMany(list => (list["acesDictionary"] as JsonObject ?? []).Where(entry => names.Contains(entry.Key)))
            .Select(entry => entry.Value)
            .ToList();
        return entries.Any(entry => Has(entry, "effectiveAllow", "allow")) && !entries.Any(entry => Has(entry, "effectiveDeny", "deny"));
    }

    // One person exactly: a search finds parts of names as well.
    private async Task<IReadOnlyList<string>> NamesAsync(string person, CancellationToken cancellationToken)
    {
        var found = (await requests.GetAsync(
            $"{Identities()}?searchFilter=General&filterValue={Uri.EscapeDataString(person)}&queryMembership=Expanded&{AzureDevOpsHost.Version}",
            cancellationToken)).Json.Items("value")
            .Where(identity => identity.Says("isActive") && string.Equals(
                (identity["properties"]?["Account"]).Text("$value"), person, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return found is [var only]
            ? [.. new[] { only.Text("descriptor") }.Concat(only.Items("memberOf").Select(group => group.ToString())).OfType<string>()]
            : [];
    }

    // In the cloud people are another service's.
    private string Identities() => context.Api.Host switch
    {
        "dev.azure.com" => new Uri(new("https://vssps.dev.azure.com/"), $"{context.Api.AbsolutePath.TrimStart('/')}_apis/identities")
        .ToString(),
        var host when host.EndsWith(".visualstudio.com", StringComparison.Ordinal) =>
            $"https://{host.Split('.')[0]}.vssps.visualstudio.com/_apis/identities",
        _ => "_apis/identities",
    };

    // What is inherited from above is in it where the host says so.
    private static bool Has(JsonNode? entry, string effective, string own) =>
        ((entry?["extendedInfo"]?[effective] ?? entry?[own])?.GetValue<int>() & Contribute) == Contribute;
}
