using System.Net;
using MlOpsBuild.Core;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Values of feature views, for gateways that do not share this machine's files and variables.</summary>
public sealed partial class AdminClient
{
    private const string Fix =
        "run it again; a gateway that was started before the pipeline had views has no place for them: ./build.sh Stop, then Deploy";

    private static readonly TimeSpan PatienceWithValues = TimeSpan.FromMinutes(2);

    /// <summary>What a gateway has of a feature view; null where it has nothing.</summary>
    /// <exception cref="StageFailedException">It does not say.</exception>
    public async Task<OnlineState?> ViewAsync(ServerInstance gateway, string view, CancellationToken cancellationToken)
    {
        var (status, body) = await TrySendAsync(gateway, HttpMethod.Get, PathOf(view), null, cancellationToken);
        return status switch
        {
            HttpStatusCode.OK when CanonicalJson.TryDeserialize<OnlineState>(body) is { } state => state,
            HttpStatusCode.NoContent => null,
            _ => throw new StageFailedException(new(
                "MLB5070", "The gateway does not say what it has of a feature view", $"127.0.0.1:{gateway.AdminPort}, {view}",
                Told(status, body), "a gateway that looks values up", Fix)),
        };
    }

    /// <summary>Gives a gateway the newest values of a feature view.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="view">The view's name.</param>
    /// <param name="content">What <see cref="FileOnlineStore.ContentAsync"/> gave.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    /// <exception cref="StageFailedException">It does not take them.</exception>
    public async Task SendViewAsync(ServerInstance gateway, string view, byte[] content, CancellationToken cancellationToken)
    {
        var (status, body) = await TrySendAsync(
            gateway, HttpMethod.Put, PathOf(view), new ByteArrayContent(content), cancellationToken, PatienceWithValues);
        if (status != HttpStatusCode.OK)
        {
            throw NotTaken(gateway, view, status, body);
        }
    }

    /// <summary>Tells a gateway how online stores are reached; the names of all connections that it has then.</summary>
    /// <exception cref="StageFailedException">It does not take them.</exception>
    public async Task<IReadOnlyList<string>> ConnectAsync(
        ServerInstance gateway, IReadOnlyDictionary<string, string> connections, CancellationToken cancellationToken)
    {
        var (status, body) = await TrySendAsync(
            gateway, HttpMethod.Put, "connections", new StoreConnections(connections), cancellationToken);
        return status == HttpStatusCode.OK && CanonicalJson.TryDeserialize<KnownConnections>(body) is { Names: { } names } ? names
            : throw NotTaken(gateway, "connections of online stores", status, body);
    }

    private static string PathOf(string view) => $"views?name={Uri.EscapeDataString(view)}";

    private static StageFailedException NotTaken(ServerInstance gateway, string what, HttpStatusCode? status, byte[] body) => new(new(
        "MLB5069", "The gateway takes no values of feature views", $"127.0.0.1:{gateway.AdminPort}, {what}", Told(status, body),
        "a gateway that looks values up", Fix));

    private static string Told(HttpStatusCode? status, byte[] body) =>
        CanonicalJson.TryDeserialize<ProblemAnswer>(body)?.Findings is [var why, ..] ? why.What : status?.ToString() ?? "no answer";
}
