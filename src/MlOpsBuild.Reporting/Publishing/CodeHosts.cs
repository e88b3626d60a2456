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

        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = context.Api, Timeout = Patience };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MlOpsBuild", "0.1"));
        if (context.Kind == CodeHostKind.GitHub)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            http.DefaultRequestHeaders.Accept.Add(new("application/vnd.github+json"));
            http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
            return new GitHubHost(http, context, time);
        }

        http.DefaultRequestHeaders.Add("PRIVATE-TOKEN", token);
        return new GitLabHost(http, context, time);
    }
}
