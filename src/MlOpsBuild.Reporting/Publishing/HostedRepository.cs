using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// A repository by its address, for build servers that are no code host themselves: which host has it, where that is asked, and its name.
/// </summary>
/// <param name="Kind">Which host.</param>
/// <param name="Api">Base of its REST interface.</param>
/// <param name="Project">The repository's name there.</param>
/// <param name="Page">Where it can be looked at.</param>
internal sealed partial record HostedRepository(CodeHostKind Kind, Uri Api, string Project, Uri Page)
{
    /// <summary>Number of the pull request, where the address was one's.</summary>
    public int? Request { get; init; }

    /// <summary>Reads the page of a pull request: each host has a path of its own for them. Null for anything else.</summary>
    public static HostedRepository? OfRequest(Uri? page)
    {
        var match = page == null ? Match.Empty : RequestPage().Match(page.AbsolutePath);
        if (!match.Success)
        {
            return null;
        }

        CodeHostKind kind = match.Groups["way"].Value switch
        {
            "/-/merge_requests/" => CodeHostKind.GitLab,
            "/pull-requests/" => CodeHostKind.Bitbucket,
            "/pullrequest/" => CodeHostKind.AzureDevOps,
            "/pulls/" => CodeHostKind.Gitea,
            _ => CodeHostKind.GitHub,
        };
        return Of(kind, page!, match.Groups["project"].Value) is not { } found ? null : found with
        {
            Request = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Reads the address that git fetches from; null for what is none, or of a host that nothing tells the kind of.</summary>
    public static HostedRepository? OfRemote(string? remote, HostVariables said)
    {
        // git@HOST:PATH is what ssh://git@HOST/PATH is.
        var text = remote == null ? "" : ShortRemote().Replace(remote, "ssh://$1/");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            return null;
        }

        CodeHostKind? kind = address.Host switch
        {
            "github.com" => CodeHostKind.GitHub,
            "gitlab.com" => CodeHostKind.GitLab,
            "bitbucket.org" => CodeHostKind.Bitbucket,
            "dev.azure.com" or "ssh.dev.azure.com" => CodeHostKind.AzureDevOps,
            var host when host.EndsWith(".visualstudio.com", StringComparison.Ordinal) => CodeHostKind.AzureDevOps,
            _ => HostTokens.Given(said),
        };
        var web = address.Scheme is "http" or "https" ? address : new($"https://{address.Host}{address.AbsolutePath}");
        var path = address.AbsolutePath.EndsWith(".git", StringComparison.Ordinal) ? address.AbsolutePath[..^4] : address.AbsolutePath;
        return kind is { } known ? Of(known, web, path) : null;
    }

    private static HostedRepository? Of(CodeHostKind kind, Uri page, string path)
    {
        var site = page.GetLeftPart(UriPartial.Authority)
            .Replace(page.UserInfo.Length > 0 ? page.UserInfo + "@" : "\n", "", StringComparison.Ordinal);
        var names = path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();

        // There the organization is in the host's name.
        var isOld = page.Host.EndsWith(".visualstudio.com", StringComparison.Ordinal);
        return (kind, names) switch
        {
            // ORGANIZATION/PROJECT/_git/NAME, or v3/ORGANIZATION/PROJECT/NAME over ssh; a project's own repository has its name.
            (CodeHostKind.AzureDevOps, ["v3", var organization, var project, var name]) =>
                Azure("https://dev.azure.com", organization, project, name),
            (CodeHostKind.AzureDevOps, [.. var collection, var project, "_git", var name]) when isOld || collection.Length > 0 =>
                Azure(site, string.Join('/', collection.Select(Uri.EscapeDataString)), project, name),
            (CodeHostKind.AzureDevOps, [.. var collection, "_git", var name]) when isOld || collection.Length > 0 =>
                Azure(site, string.Join('/', collection.Select(Uri.EscapeDataString)), name, name),
            (CodeHostKind.AzureDevOps, _) => null,
            (CodeHostKind.GitLab, { Length: > 1 }) => Elsewhere(kind, site, "/api/v4/", names),
            (_, [_, _]) => kind switch
            {
                CodeHostKind.GitHub when page.Host == "github.com" =>
                    new(kind, new("https://api.github.com/"), string.Join('/', names), Home(site, names)),
                CodeHostKind.GitHub => Elsewhere(kind, site, "/api/v3/", names),
                CodeHostKind.Gitea => Elsewhere(kind, site, "/api/v1/", names),
                _ => new(kind, new("https://api.bitbucket.org/2.0/"), string.Join('/', names), Home(site, names)),
            },
            _ => null,
        };
    }

    private static HostedRepository Azure(string site, string collection, string project, string name) => new(
        CodeHostKind.AzureDevOps, new(collection.Length == 0 ? $"{site}/" : $"{site}/{collection}/"), $"{project}/{name}",
        new($"{site}/{(collection.Length == 0 ? "" : collection + "/")}{Uri.EscapeDataString(project)}/_git/{Uri.EscapeDataString(name)}"));

    private static HostedRepository Elsewhere(CodeHostKind kind, string site, string api, string[] names) =>
        new(kind, new(site + api), string.Join('/', names), Home(site, names));

    private static Uri Home(string site, string[] names) => new($"{site}/{string.Join('/', names.Select(Uri.EscapeDataString))}");

    [GeneratedRegex(
        "^/(?<project>.+?)(?<way>/-/merge_requests/|/pull-requests/|/pullrequest/|/pulls/|/pull/)(?<number>[0-9]{1,9})/?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex RequestPage();

    [GeneratedRegex("^([^/@:]+@[^/:]+):(?!/)", RegexOptions.CultureInvariant)]
    private static partial Regex ShortRemote();
}
