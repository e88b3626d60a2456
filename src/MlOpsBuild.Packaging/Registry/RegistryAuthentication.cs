using System.Net;
using System.Net.Http.Headers;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>Answers challenges: Basic with the credentials, Bearer with a token that is kept until it runs out.</summary>
internal sealed class RegistryAuthentication(
    HttpClient http, RegistryAddress address, RegistryCredentials? credentials, RegistryRefusals refusals, TimeProvider time) : IDisposable
{
    private const int LongestAnswer = 1 << 20;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, RegistryToken> _tokens = [];
    private AuthenticationHeaderValue? _basic;

    /// <summary>What to send along without being asked: what was asked for before, while it is good.</summary>
    public AuthenticationHeaderValue? Known(string actions)
    {
        lock (_tokens)
        {
            return _tokens.TryGetValue(actions, out var token) && time.GetUtcNow() < token.GoodUntil ? token.Header : _basic;
        }
    }

    /// <summary>What to answer a 401 with, or null when there is nothing better than <paramref name="refused"/>.</summary>
    public async Task<AuthenticationHeaderValue?> AnswerAsync(
        HttpResponseMessage unauthorized, string actions, AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        var challenges = unauthorized.Headers.WwwAuthenticate.Select(AuthenticationChallenge.Of).ToList();
        if (challenges.FirstOrDefault(challenge => challenge.IsBearer) is { } bearer)
        {
            return await BearerAsync(bearer, actions, refused, cancellationToken);
        }

        if (credentials is null || !challenges.Exists(challenge => challenge.IsBasic))
        {
            return null;
        }

        var basic = Basic(credentials);
        if (basic.Equals(refused))
        {
            return null;
        }

        lock (_tokens)
        {
            return _basic = basic;
        }
    }

    public void Dispose() => _gate.Dispose();

    private static AuthenticationHeaderValue Basic(RegistryCredentials credentials) => new("Basic", credentials.Basic);

    private async Task<AuthenticationHeaderValue?> BearerAsync(
        AuthenticationChallenge challenge, string actions, AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Another upload may have fetched it meanwhile.
            if (Known(actions) is { Scheme: "Bearer" } known && !known.Equals(refused))
            {
                return known;
            }

            var token = await FetchAsync(challenge, actions, cancellationToken);
            lock (_tokens)
            {
                _tokens[actions] = token;
            }

            return token.Header;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<RegistryToken> FetchAsync(AuthenticationChallenge challenge, string actions, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, Realm(challenge, actions), actions) { Accept = ["application/json"] };
        using var message = request.To(request.Address, credentials is null ? null : Basic(credentials));
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await refusals.ReadAsync(request, response, cancellationToken);
        }

        var body = await BoundedBody.ReadAsync(response, LongestAnswer, cancellationToken);
        return RegistryToken.Read(body ?? [], time.GetUtcNow())
            ?? throw refusals.Wrong(
                request, "The token server's answer holds no token", null, "JSON with token or access_token",
                "check the realm in the registry's configuration");
    }

    private Uri Realm(AuthenticationChallenge challenge, string actions)
    {
        var realm = challenge.Parameters.GetValueOrDefault("realm");
        var registry = new RegistryRequest(HttpMethod.Get, address.Endpoint, actions);
        if (!Uri.TryCreate(realm, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw refusals.Wrong(
                registry, "The registry names no address to fetch a token from", null, "a realm with http or https",
                "check the realm in the registry's configuration");
        }

        // Whoever sits between could otherwise have the password sent in the clear.
        if (uri.Scheme == "http" && address.Endpoint.Scheme == "https")
        {
            throw refusals.Wrong(
                registry, "The registry wants the credentials sent without encryption", RegistryRequest.NameOf(uri), "a realm with https",
                "correct the realm in the registry's configuration");
        }

        var query = Scopes(challenge, actions).Select(scope => "scope=" + Uri.EscapeDataString(scope)).ToList();
        if (challenge.Parameters.GetValueOrDefault("service") is { Length: > 0 } service)
        {
            query.Insert(0, "service=" + Uri.EscapeDataString(service));
        }

        var before = uri.GetComponents(
            UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.PathAndQuery, UriFormat.UriEscaped);
        return new(before + (uri.Query.Length == 0 ? "?" : "&") + string.Join('&', query));
    }

    // What the registry names, and what the rest of the operation needs: it begins with a HEAD, which only asks for pull.
    private IEnumerable<string> Scopes(AuthenticationChallenge challenge, string actions)
    {
        var own = $"repository:{address.Repository}:";
        var named = (challenge.Parameters.GetValueOrDefault("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rights = named.Where(scope => scope.StartsWith(own, StringComparison.Ordinal))
            .SelectMany(scope => scope[own.Length..].Split(','))
            .ToList();
        return named.Where(scope => !scope.StartsWith(own, StringComparison.Ordinal))
            .Prepend(own + string.Join(',', rights.Contains("*") ? rights : rights.Union(actions.Split(','))));
    }
}
