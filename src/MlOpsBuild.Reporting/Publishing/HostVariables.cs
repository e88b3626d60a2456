using System.Globalization;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Environment variables of a build server; empty ones count as not set.</summary>
internal sealed class HostVariables(IReadOnlyDictionary<string, string> environment)
{
    public string? this[string name] => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public long Number(string name) =>
        long.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public bool IsGitea => this["GITEA_ACTIONS"] == "true" || this["FORGEJO_ACTIONS"] == "true";

    /// <summary>Null for what is no number.</summary>
    public int? Request(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>Null for what is no address of the web.</summary>
    public Uri? Address(string name) => Uri.TryCreate(this[name], UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;

    /// <summary>A branch without what git puts before it.</summary>
    public string? Branch(string name) => this[name] is { } full
        ? full.StartsWith("refs/heads/", StringComparison.Ordinal) ? full["refs/heads/".Length..] : full
        : null;
}
