using System.Net.Http.Headers;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>A request that can be made again: after a challenge, a redirect or a failure.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">Where it goes first.</param>
/// <param name="Actions">The rights it needs, as a token's scope names them.</param>
internal sealed record RegistryRequest(HttpMethod Method, Uri Address, string Actions)
{
    public const string Pull = "pull";
    public const string Push = "pull,push";
    public const string Delete = "delete";

    // Below this, a wasted body costs less than waiting for a registry that never says 100.
    private const long WorthAsking = 1 << 20;
    private static readonly ProductInfoHeaderValue Agent = new("MlOpsBuild", "0.1");

    /// <summary>Makes the body; called for every sending.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Media types to ask for.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>The first byte to ask for; 0 asks for all.</summary>
    public long From { get; init; }

    /// <summary>What findings call this request. A location's query may hold a signature, so it is left out.</summary>
    public string Name => $"{Method} {NameOf(Address)}";

    public static string NameOf(Uri address) => $"{address.Scheme}://{address.Authority}{address.AbsolutePath}";

    public HttpRequestMessage To(Uri address, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(Method, address) { Content = Content?.Invoke() };
        message.Headers.Authorization = authorization;
        message.Headers.UserAgent.Add(Agent);
        message.Headers.Accept.ParseAdd(Accept.Count == 0 ? "*/*" : string.Join(", ", Accept));
        if (From > 0)
        {
            message.Headers.Range = new(From, null);
        }

        // A refusal (401, 413, 429) must be heard before the body is sent: servers that refuse a body close the connection on it.
        if (message.Content?.Headers.ContentLength > WorthAsking)
        {
            message.Headers.ExpectContinue = true;
        }

        return message;
    }
}
