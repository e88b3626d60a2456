using System.Globalization;
using System.Net;
using MlOpsBuild.Core;
using Octokit;
using Octokit.Internal;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>GitHub through Octokit, for one repository; whatever it says no to becomes a <see cref="HostRefusedException"/>.</summary>
public sealed class GitHubConnection
{
    private static readonly string[] Writing = ["admin", "maintain", "write"];
    private readonly GitHubClient _client;

    /// <summary>Connects.</summary>
    /// <param name="context">What is being built.</param>
    /// <param name="token">The token.</param>
    /// <param name="open">Makes the connection, with its retries.</param>
    internal GitHubConnection(CodeHostContext context, string token, Func<HttpMessageHandler> open)
    {
        (Owner, Name) = context.Project.Split('/', 2) is [var owner, var name]
            ? (owner, name)
            : throw new HostRefusedException(HttpStatusCode.NotFound, $"'{context.Project}' is not OWNER/NAME");
        var connection = new Connection(
            new ProductHeaderValue("MlOpsBuild", "0.1"), context.Api, new InMemoryCredentialStore(new(token, AuthenticationType.Bearer)),
            new HttpClientAdapter(() => new ApiVersionHandler(open())), new SimpleJsonSerializer());

        // How long an attempt takes is the handler's to know; this would be for all of them.
        connection.SetRequestTimeout(System.Threading.Timeout.InfiniteTimeSpan);
        _client = new(connection);
    }

    /// <summary>Who has the repository.</summary>
    internal string Owner { get; }

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>Asks for something.</summary>
    /// <exception cref="HostRefusedException">It was refused, or nobody answered.</exception>
    internal async Task<T> AskAsync<T>(Func<IGitHubClient, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            // Octokit's own methods take no token.
            return await ask(_client).WaitAsync(cancellationToken);
        }
        catch (ApiException refused)
        {
            throw new HostRefusedException(refused.StatusCode, Message(refused));
        }
        catch (HttpRequestException silent)
        {
            throw new HostRefusedException(silent.Message, silent);
        }
    }

    /// <summary>Does something that has no answer.</summary>
    /// <exception cref="HostRefusedException">It was refused, or nobody answered.</exception>
    internal Task DoAsync(Func<IGitHubClient, Task> act, CancellationToken cancellationToken) => AskAsync(
        async client =>
        {
            await act(client);
            return true;
        },
        cancellationToken);

    /// <summary>Asks for a page, and whether another one follows.</summary>
    /// <exception cref="HostRefusedException">It was refused, or nobody answered.</exception>
    internal async Task<(IReadOnlyList<T> Page, bool More)> PageAsync<T>(
        int page, Func<IGitHubClient, ApiOptions, Task<IReadOnlyList<T>>> ask, CancellationToken cancellationToken)
    {
        var found = await AskAsync(client => ask(client, new() { StartPage = page, PageCount = 1, PageSize = 100 }), cancellationToken);
        return (found, _client.GetLastApiInfo()?.Links.ContainsKey("next") == true);
    }

    /// <summary>Whether a person may write to the repository; somebody it does not know may not.</summary>
    /// <exception cref="HostRefusedException">The host does not tell: then nobody may.</exception>
    internal async Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken)
    {
        try
        {
            // Octokit puts names into paths as they are (14.0.0): this one comes from whoever wrote the comment.
            var name = Uri.EscapeDataString(person);
            var right = await AskAsync(client => client.Repository.Collaborator.ReviewPermission(Owner, Name, name), cancellationToken);
            return Writing.Contains(right.Permission);
        }
        catch (HostRefusedException unknown) when (unknown.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    // What is wrong in particular stands in a list behind a general word.
    private static string Message(ApiException refused) => string.Join(
        ": ",
        new[] { refused.ApiError?.Message ?? refused.Message }
            .Concat((refused.ApiError?.Errors ?? []).Select(error => error.Message ?? error.Code))
            .Where(text => !string.IsNullOrEmpty(text)));

    private sealed class ApiVersionHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("X-GitHub-Api-Version", "2022-11-28");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
