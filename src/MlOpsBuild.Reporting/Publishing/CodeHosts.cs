using System.Net.Http.Headers;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Opens a connection to the host that a build runs for.</summary>
public static class CodeHosts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The host; null when the build was given no token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static ICodeHost? Open(CodeHostContext context, TimeProvider time)
    {
        if (context.Token is not { } token)
        {
            return null;
        }

        var http = Connect(context, token);
        return context.Kind == CodeHostKind.GitHub ? new GitHubHost(http, context, time) : new GitLabHost(http, context, time);
    }

    /// <summary>How GitHub tells which pull request a fork's build was for; null elsewhere, or without a token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static ForkRequests? OpenForks(CodeHostContext context, TimeProvider time) =>
        context is { Kind: CodeHostKind.GitHub, Token: { } token } ? new(Connect(context, token), context, time) : null;

    /// <summary>How GitHub tells who may give commands; null elsewhere, or without a token.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="time">The clock of pauses.</param>
    public static CommandDesk? OpenCommands(CodeHostContext context, TimeProvider time) =>
        context is { Kind: CodeHostKind.GitHub, Token: { } token } ? new(Connect(context, token), context, time) : null;

    private static HttpClient Connect(CodeHostContext context, string token)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = context.Api, Timeout = Patience };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MlOpsBuild", "0.1"));
        if (context.Kind == CodeHostKind.GitHub)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            http.DefaultRequestHeaders.Accept.Add(new("application/vnd.github+json"));
            http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
        }
        else
        {
            http.DefaultRequestHeaders.Add("PRIVATE-TOKEN", token);
        }

        return http;
    }
}
