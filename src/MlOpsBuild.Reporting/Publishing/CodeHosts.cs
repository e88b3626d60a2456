using System.Net.Http.Headers;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Opens a connection to the host that a build runs for.</summary>
public static class CodeHosts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The host; null when the build was given no token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static ICodeHost? Open(CodeHostContext context, TimeProvider time) => Either<ICodeHost>(
        context, time, gitHub => new GitHubHost(gitHub, context), gitLab => new GitLabHost(gitLab, context));

    /// <summary>How GitHub tells which pull request a fork's build was for; null elsewhere, or without a token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static ForkRequests? OpenForks(CodeHostContext context, TimeProvider time) =>
        context is { Kind: CodeHostKind.GitHub, Token: { } token } ? new(GitHub(context, token, time), context) : null;

    /// <summary>How GitHub tells who may give commands; null elsewhere, or without a token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static CommandAuthorizer? OpenCommands(CodeHostContext context, TimeProvider time) =>
        context is { Kind: CodeHostKind.GitHub, Token: { } token } ? new(GitHub(context, token, time)) : null;

    /// <summary>The issues of the project; null when the build was given no token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static IIssueTracker? OpenIssues(CodeHostContext context, TimeProvider time) => Either<IIssueTracker>(
        context, time, gitHub => new GitHubIssues(gitHub), gitLab => new GitLabIssues(gitLab, context));

    /// <summary>The pull or merge requests of the project; null when the build was given no token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static IChangeRequests? OpenChangeRequests(CodeHostContext context, TimeProvider time) => Either<IChangeRequests>(
        context, time, gitHub => new GitHubChangeRequests(gitHub), gitLab => new GitLabChangeRequests(gitLab, context));

    /// <summary>How the host tells which reviewed changes brought a commit; null when the build was given no token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static ICommitReviews? OpenReviews(CodeHostContext context, TimeProvider time) => Either<ICommitReviews>(
        context, time, gitHub => new GitHubReviews(gitHub), gitLab => new GitLabReviews(gitLab, context));

    private static T? Either<T>(
        CodeHostContext context, TimeProvider time, Func<GitHubConnection, T> onGitHub, Func<HttpClient, T> onGitLab) where T : class =>
        context.Token is not { } token ? null
        : context.Kind == CodeHostKind.GitHub ? onGitHub(GitHub(context, token, time))
        : onGitLab(GitLab(context, token, time));

    private static HostResilience Connect(TimeProvider time) => new(new SocketsHttpHandler { AllowAutoRedirect = false }, Patience, time);

    private static GitHubConnection GitHub(CodeHostContext context, string token, TimeProvider time) =>
        new(context, token, () => Connect(time));

    private static HttpClient GitLab(CodeHostContext context, string token, TimeProvider time)
    {
        var http = new HttpClient(Connect(time)) { BaseAddress = context.Api, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MlOpsBuild", "0.1"));
        http.DefaultRequestHeaders.Add("PRIVATE-TOKEN", token);
        return http;
    }
}
