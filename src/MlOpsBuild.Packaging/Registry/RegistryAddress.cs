using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>
/// A repository in an OCI registry, as <c>--registry</c> names it: <c>127.0.0.1:5000/team/mlops</c>, <c>ghcr.io/owner/repo</c>,
/// or either with <c>http://</c> or <c>https://</c>. Without a scheme, loopback hosts speak http and all others https.
/// </summary>
public sealed partial record RegistryAddress
{
    private const string DockerHub = "registry-1.docker.io";
    private const int LongestName = 255;

    private RegistryAddress(Uri endpoint, string repository) => (Endpoint, Repository) = (endpoint, repository);

    /// <summary>Scheme, host and port of the registry, ending in a slash.</summary>
    public Uri Endpoint { get; }

    /// <summary>The repository's name in the registry, such as <c>team/mlops</c>.</summary>
    public string Repository { get; }

    /// <summary>Whether the registry is on this machine.</summary>
    public bool IsLoopback => IsLoopbackHost(Endpoint);

    /// <summary>Docker's own names for its hub, under which its configuration keeps credentials.</summary>
    internal bool IsDockerHub => Endpoint.Host == DockerHub;

    /// <summary>Reads an address.</summary>
    /// <exception cref="UsageException">It is not one; every problem is named. A password in it is never repeated.</exception>
    public static RegistryAddress Parse(string text)
    {
        var findings = new List<Finding>();
        var at = EndOfUserInfo(text);
        var shown = at >= 0 ? "***" + text[at..] : text;
        var (scheme, rest) = SplitScheme(text);
        if (at >= 0)
        {
            findings.Add(Problem("The registry's address carries user information", shown, "host and repository only",
                "leave it out and set MLOPS_REGISTRY_USER and MLOPS_REGISTRY_PASSWORD"));
            rest = text[(at + 1)..];
        }

        if (scheme is not (null or "http" or "https"))
        {
            findings.Add(Problem(
                "The registry's address has a scheme that registries do not speak", shown, "http://, https:// or none",
                "leave the scheme out"));
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (host, repository) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        var endpoint = EndpointOf(scheme, host);
        if (endpoint is null)
        {
            findings.Add(Problem(
                "The registry's address does not begin with a host", shown,
                "host[:port]/repository, the host with a dot, a port or the name localhost",
                "write it as in ghcr.io/owner/repo or 127.0.0.1:5000/team/mlops"));
        }

        findings.AddRange(RepositoryProblems(host, repository, shown));
        return findings.Count == 0
            ? new(endpoint!, repository)
            : throw new UsageException("The registry's address cannot be used", findings);
    }

    /// <summary>The shortest text that reads back as this address.</summary>
    public override string ToString()
    {
        var plain = $"{Endpoint.Authority}/{Repository}";
        return EndpointOf(null, Endpoint.Authority) == Endpoint ? plain : $"{Endpoint.Scheme}://{plain}";
    }

    /// <summary>An address of the distribution API below this repository.</summary>
    internal Uri Resource(string relative) => new(Endpoint, $"v2/{Repository}/{relative}");

    // A name may also end in '@' and a digest, which is another mistake and no secret.
    private static int EndOfUserInfo(string text)
    {
        var last = text.LastIndexOf('@');
        var isDigest = last >= 0 && text[..last].Contains('/', StringComparison.Ordinal) && Digest.TryParse(text[(last + 1)..], out _);
        return isDigest ? text[..last].LastIndexOf('@') : last;
    }

    private static (string? Scheme, string After) SplitScheme(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        return end < 0 ? (null, text) : (text[..end].ToLowerInvariant(), text[(end + 3)..]);
    }

    private static Uri? EndpointOf(string? scheme, string host)
    {
        var isNamed = scheme != null || host.IndexOfAny(['.', ':']) >= 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (!isNamed || !Host().IsMatch(host) || !HasUsablePort(host) || !Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var uri))
        {
            return null;
        }

        if (uri.Host is "docker.io" or "index.docker.io")
        {
            host = DockerHub;
        }

        return new($"{(scheme is "http" or "https" ? scheme : IsLoopbackHost(uri) ? "http" : "https")}://{host}/");
    }

    private static bool HasUsablePort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0
            || host[^1] == ']'
            || ushort.TryParse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
    }

    private static bool IsLoopbackHost(Uri uri) =>
        uri.Host == "localhost" || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    private static IEnumerable<Finding> RepositoryProblems(string host, string repository, string shown)
    {
        if (repository.Length == 0)
        {
            yield return Problem(
                "The registry's address has no repository", shown, "host[:port]/repository",
                "add the repository, as in ghcr.io/owner/repo");
        }
        else if (host.Length + repository.Length > LongestName)
        {
            yield return Problem(
                "The registry's address is too long", shown, $"host and repository of at most {LongestName} characters",
                "use a shorter repository name");
        }
        else if (!Name().IsMatch(repository))
        {
            yield return Problem("The repository's name is not one", shown,
                "parts of a-z and 0-9, joined by '.', '_', '__' or hyphens inside, and by '/' between", NameFix(host, repository));
        }
    }

    private static string NameFix(string host, string repository)
    {
        var name = repository.ToLowerInvariant().Split('@', ':')[0].Trim('/');
        return Name().IsMatch(name) ? $"write {host}/{name}" : "write it as in ghcr.io/owner/repo, without a tag or digest";
    }

    private static Finding Problem(string what, string shown, string expected, string fix) =>
        new("MLB3019", what, "--registry", shown, expected, fix);

    [GeneratedRegex(
        @"\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"\A(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();
}
