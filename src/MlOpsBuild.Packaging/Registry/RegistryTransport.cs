using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>
/// Sends requests: answers one challenge, follows redirects by hand. An authorization is only ever sent to the registry's own
/// scheme, host and port, and nothing goes from https to http.
/// </summary>
internal sealed class RegistryTransport : IDisposable
{
    private const int MostRedirects = 5;
    private readonly RegistryAddress _address;
    private readonly RegistryAuthentication _authentication;
    private readonly HttpClient _http;

    public RegistryTransport(RegistryAddress address, RegistryCredentials? credentials, HttpMessageHandler handler, TimeProvider time)
    {
        _address = address;
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        Refusals = new(address, credentials, time);
        _authentication = new(_http, address, credentials, Refusals, time);
    }

    public RegistryRefusals Refusals { get; }

    /// <summary>The answer, its body not yet read.</summary>
    public async Task<HttpResponseMessage> SendAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var authorization = _authentication.Known(request.Actions);
            var (response, answering) = await FollowAsync(request, authorization, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized || !IsHome(answering))
            {
                return response;
            }

            var answer = await _authentication.AnswerAsync(response, request.Actions, authorization, cancellationToken);
            if (answer is null)
            {
                return response;
            }

            response.Dispose();
            return (await FollowAsync(request, answer, cancellationToken)).Response;
        }
        catch (HttpRequestException problem) when (problem.InnerException is AuthenticationException cause)
        {
            throw Refusals.Wrong(
                request, "The registry's encryption is not trusted or not there", RegistryErrors.OneLine(cause.Message),
                "a certificate this machine trusts",
                "install the registry's certificate authority, or write http:// before the address of a registry without encryption");
        }
    }

    /// <summary>Whether the repository has the blob.</summary>
    public async Task<bool> HasBlobAsync(Digest digest, string actions, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Head, _address.Resource($"blobs/{digest}"), actions);
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            _ => throw await Refusals.ReadAsync(request, response, cancellationToken),
        };
    }

    /// <summary>The address in a Location or Link header, which may be relative to <paramref name="current"/>.</summary>
    public Uri Resolve(RegistryRequest request, Uri current, string location)
    {
        if (!Uri.TryCreate(current, location, out var uri))
        {
            throw Refusals.Wrong(
                request, "The registry names an address that is none", null, "an absolute or relative address",
                "correct the registry's configuration");
        }

        // A registry behind a proxy that ends TLS often calls itself http.
        return uri.Scheme == "http" && _address.Endpoint.Scheme == "https" && uri.Host == _address.Endpoint.Host
            && (uri.IsDefaultPort || uri.Port == _address.Endpoint.Port)
            ? new(_address.Endpoint, uri.PathAndQuery)
            : uri;
    }

    public void Dispose()
    {
        _http.Dispose();
        _authentication.Dispose();
    }

    private async Task<(HttpResponseMessage Response, Uri Answering)> FollowAsync(
        RegistryRequest request, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        var uri = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            if (uri.Scheme != "https" && (_address.Endpoint.Scheme == "https" || uri.Scheme != "http"))
            {
                throw Refusals.Wrong(
                    request, "The registry leads from https to an address without encryption", RegistryRequest.NameOf(uri), "https",
                    "correct the registry's configuration");
            }

            var message = request.To(uri, IsHome(uri) ? authorization : null);
            var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || Location(response) is not { } location)
            {
                return (response, uri);
            }

            using (response)
            {
                uri = Target(request, uri, response.StatusCode, location);
            }

            if (redirects == MostRedirects)
            {
                throw Refusals.Wrong(
                    request, "The registry redirects without end", RegistryRequest.NameOf(uri), $"at most {MostRedirects} redirects",
                    "correct the registry's configuration");
            }
        }
    }

    private static string? Location(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Location", out var values) ? values.First() : null;

    private Uri Target(RegistryRequest request, Uri current, HttpStatusCode status, string location)
    {
        var target = Resolve(request, current, location);

        // By custom these turn a push into a GET, which would look like success.
        var keepsMethod = status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            || request.Method == HttpMethod.Get
            || request.Method == HttpMethod.Head;
        return keepsMethod
            ? target
            : throw Refusals.Wrong(
                request, "The registry answers a push with a redirect that drops it", RegistryRequest.NameOf(target),
                "a push to the right address", "give that address to --registry");
    }

    private bool IsHome(Uri uri) =>
        uri.Scheme == _address.Endpoint.Scheme && uri.Host == _address.Endpoint.Host && uri.Port == _address.Endpoint.Port;
}
