using System.Net.Http.Headers;
using System.Text;
using MlOpsBuild.Reporting.Publishing.AzureDevOps;
using MlOpsBuild.Reporting.Publishing.Bitbucket;
using MlOpsBuild.Reporting.Publishing.Gitea;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Opens a connection to the host that a build runs for.</summary>
public static class CodeHosts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The host; null when the build was given no token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static ICodeHost? Open(CodeHostContext context, TimeProvider time) => context.Token == null ? null : context.Kind switch
    {
        CodeHostKind.GitHub => new GitHubHost(GitHub(context, time), context),
        CodeHostKind.GitLab => new GitLabHost(Requests(context, time), context),
        CodeHostKind.AzureDevOps => new AzureDevOpsHost(Requests(context, time), context),
        CodeHostKind.Gitea => new GiteaHost(Requests(context, time), context),
        _ => new BitbucketHost(Requests(context, time), context),
    };

    /// <summary>How GitHub tells which pull request a fork's build was for; null elsewhere, or without a token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static ForkRequests? OpenForks(CodeHostContext context, TimeProvider time) =>
        context is { Kind: CodeHostKind.GitHub, Token: not null } ? new(GitHub(context, time), context) : null;

    /// <summary>How a host tells who may give commands; null where comments start no build, or without a token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static CommandAuthorizer? OpenCommands(CodeHostContext context, TimeProvider time) =>
        context.Kind is CodeHostKind.GitHub or CodeHostKind.Gitea && Open(context, time) is { } host ? new(host) : null;

    /// <summary>The issues of the project; null where there are none, or when the build was given no token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static IIssueTracker? OpenIssues(CodeHostContext context, TimeProvider time) =>
        context.Token == null ? null : context.Kind switch
    {
        CodeHostKind.GitHub => new GitHubIssues(GitHub(context, time)),
        CodeHostKind.GitLab => new GitLabIssues(Requests(context, time), context),
        _ => null,
    };

    /// <summary>
    /// The pull or merge requests of the project; null where none are opened by a build, or when the build was given no token.
    /// </summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static IChangeRequests? OpenChangeRequests(CodeHostContext context, TimeProvider time) =>
        context.Token == null ? null : context.Kind switch
        {
            CodeHostKind.GitHub => new GitHubChangeRequests(GitHub(context, time)),
            CodeHostKind.GitLab => new GitLabChangeRequests(Requests(context, time), context),
            _ => null,
        };

    /// <summary>How the host tells which reviewed changes brought a commit; null when the build was given no token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static ICommitReviews? OpenReviews(CodeHostContext context, TimeProvider time) =>
        context.Token == null ? null : context.Kind switch
    {
        CodeHostKind.GitHub => new GitHubReviews(GitHub(context, time)),
        CodeHostKind.GitLab => new GitLabReviews(Requests(context, time), context),
        CodeHostKind.AzureDevOps => new AzureDevOpsReviews(Requests(context, time), context),
        CodeHostKind.Gitea => new GiteaReviews(Requests(context, time), context),
        _ => new BitbucketReviews(Requests(context, time), context),
    };

    private static HostResilience Connect(TimeProvider time) => new(new SocketsHttpHandler { AllowAutoRedirect = false }, Patience, time);

    private static GitHubConnection GitHub(CodeHostContext context, TimeProvider time) => new(context, context.Token!, () => Connect(time));

    private static HostRequests Requests(CodeHostContext context, TimeProvider time)
    {
        var http = new HttpClient(Connect(time)) { BaseAddress = context.Api, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MlOpsBuild", "0.1"));
        if (context.Kind == CodeHostKind.GitLab)
        {
            http.DefaultRequestHeaders.Add("PRIVATE-TOKEN", context.Token);
        }
        else
        {
            http.DefaultRequestHeaders.Authorization = Authorization(context);
        }

        return new(http);
    }

    private static AuthenticationHeaderValue Authorization(CodeHostContext context) => context switch
    {
        { Kind: CodeHostKind.Gitea } => new("token", context.Token),
        { User: { } user } => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{context.Token}"))),
        _ => new("Bearer", context.Token),
    };
}
