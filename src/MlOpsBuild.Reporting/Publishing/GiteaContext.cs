namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What Gitea Actions or Forgejo Actions say of a build: what GitHub's say, and a token of their own.</summary>
internal static class GiteaContext
{
    public static CodeHostContext? Of(HostVariables said) =>
        GitHubContext.Of(said) is not { Repository: { } page } context ? null : context with
    {
        Kind = CodeHostKind.Gitea,
        Api = new($"{said["GITHUB_API_URL"]?.TrimEnd('/') ?? $"{page.GetLeftPart(UriPartial.Authority)}/api/v1"}/"),

        // A run's page has its number, not its identity.
        RunAddress = context.Run > 0 ? new(FormattableString.Invariant($"{page}/actions/runs/{context.Run}")) : null,
        Token = HostTokens.Of(CodeHostKind.Gitea, said),
    };
}
