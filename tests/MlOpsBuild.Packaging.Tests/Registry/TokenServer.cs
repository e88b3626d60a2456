using System.Text;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>A registry that wants tokens, and the server that gives them.</summary>
internal sealed class TokenServer
{
    private readonly RegistryWorld _world;
    private int _issued;

    public TokenServer(RegistryWorld world)
    {
        _world = world;
        world.Registry.Before = Answer;
    }

    public string Realm { get; set; } = "http://auth.test/token";

    /// <summary>The challenge's scope, from the rights a request needs; null leaves it out.</summary>
    public Func<string, string?> Scope { get; set; } = actions => $"repository:team/mlops:{actions}";

    /// <summary>The server's answer, from the token it gives.</summary>
    public Func<string, HttpResponseMessage> Issue { get; set; } =
        token => FakeRegistry.Answer(200, $$"""{"token":"{{token}}","expires_in":300}""");

    /// <summary>Whether a token is good for the registry.</summary>
    public Func<string, bool> Accepts { get; set; } = _ => true;

    public IReadOnlyList<Exchange> Requests => [.. _world.Registry.Exchanges.Where(exchange => exchange.Uri.Host == "auth.test")];

    public static string Basic { get; } = "Basic "
        + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RegistryWorld.User}:{RegistryWorld.Password}"));

    private HttpResponseMessage? Answer(Exchange exchange)
    {
        if (exchange.Uri.Host == "auth.test")
        {
            return Issue($"token-{++_issued}");
        }

        if (exchange.Authorization is { } authorization
            && authorization.StartsWith("Bearer token-", StringComparison.Ordinal)
            && Accepts(authorization["Bearer ".Length..]))
        {
            return null;
        }

        var response = FakeRegistry.Answer(401, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""");
        var actions = exchange.Method == HttpMethod.Get || exchange.Method == HttpMethod.Head ? "pull" : "pull,push";
        var scope = Scope(actions) is { } text ? $",scope=\"{text}\"" : "";
        response.Headers.WwwAuthenticate.ParseAdd($"Bearer realm=\"{Realm}\",service=\"registry, of tests\"{scope}");
        return response;
    }
}
