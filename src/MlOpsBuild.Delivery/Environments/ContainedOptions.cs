using System.Security.Cryptography;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>What a gateway in a container is to do, with secrets of its own.</summary>
internal static class ContainedOptions
{
    /// <summary>The options of a new one.</summary>
    /// <param name="pipeline">Name in metrics.</param>
    /// <param name="place">The folder of its volume in which it keeps routes and predictions.</param>
    /// <param name="seed">Seed of the assignment of requests to arms.</param>
    /// <param name="folder">Where this checkout keeps the token of labels.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<GatewayOptions> NewAsync(
        string pipeline, string place, long seed, EnvironmentFolder folder, TimeProvider time, CancellationToken cancellationToken) => new(
        new(Secret(16), Secret(32), "", "", "", time.GetUtcNow()), pipeline, ContainedModelOptions.UsualPort, seed,
        $"{place}/routes.json", await folder.FeedbackTokenAsync(cancellationToken))
    {
        AdminPort = ContainedModelOptions.UsualAdminPort, Log = new($"{place}/predictions"), Telemetry = folder.Telemetry,
        Online = Online(place, folder),
    };

    /// <summary>Where it finds values of feature views: beside its routes, where a build brings them.</summary>
    public static OnlinePlace Online(string place, EnvironmentFolder folder) => new($"{place}/features", folder.Name, []);

    private static string Secret(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
