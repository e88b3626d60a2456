using MlOpsBuild.Components.Session;
using MlOpsBuild.Store.Runs;

/// <summary>Where packages say that they come from: the repository's address, without anybody's name or password, and the commit.</summary>
internal static class PackageOrigin
{
    /// <summary>Properties for <c>dotnet pack</c>; none where git does not know this folder.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(RunSession session, CancellationToken cancellationToken)
    {
        var commit = SourceRevision.Read(session.Root)?.Commit;
        var origin = commit == null ? null : await GitCommand.AskAsync(session, cancellationToken, "config", "--get", "remote.origin.url");
        return
        [
            .. commit == null ? [] : (string[])["-p:RepositoryType=git", $"-p:RepositoryCommit={commit}"],
            .. Address(origin) is { } address ? [$"-p:RepositoryUrl={address}", $"-p:PackageProjectUrl={address}"] : Array.Empty<string>(),
        ];
    }

    // https://host/path, or git@host:path; a folder of this machine is nobody else's address.
    private static string? Address(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : address == null && origin?.Split('@') is [_, var rest] && rest.Split(':') is [var host, var path] ? $"https://{host}/{path}"
        : null;
}
