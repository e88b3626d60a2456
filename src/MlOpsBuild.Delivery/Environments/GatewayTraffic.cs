using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>
/// Moves weights of a running gateway for one canary and reads what it saw since; stops as soon as somebody else changes the routes.
/// </summary>
/// <param name="environment">What may stand before the gateway, and splits callers there.</param>
/// <param name="admin">Talks to the gateway.</param>
/// <param name="gateway">The gateway.</param>
/// <param name="start">The routes in force before the canary.</param>
/// <param name="trial">The routes of the canary, with the change that brought them; only the share varies.</param>
internal sealed class GatewayTraffic(
    IEnvironment environment, AdminClient admin, ServerInstance gateway, RouteTable start, RouteTable trial) : ICanaryTraffic
{
    private const int Tries = 3;
    private long _position = long.MaxValue;

    /// <summary>The routes in force as far as this canary knows.</summary>
    public RouteTable Mine { get; private set; } = start;

    public async Task<bool> SetCanaryAsync(double percent, CancellationToken cancellationToken)
    {
        if (_position == long.MaxValue)
        {
            await ForgetAsync(cancellationToken);
        }

        if (!await ReplaceAsync(trial with { CanaryPercent = percent }, cancellationToken))
        {
            return false;
        }

        // Where callers are split before the gateway, a step counts from when they are.
        if (await environment.SplitAsync(Mine, cancellationToken))
        {
            await ForgetAsync(cancellationToken);
        }

        return true;
    }

    public Task<bool> EndAsync(CancellationToken cancellationToken) =>
        ReplaceAsync(Mine.WithoutTrial(trial.Change! with { Reason = "the trial has ended" }), cancellationToken);

    public async Task<TrafficBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        // A machine that is busy for a moment must not end a canary whose lease still holds; one that refuses connections does so at once.
        var batch = (TrafficBatch?)null;
        for (var attempt = 0; attempt < Tries && batch == null; attempt++)
        {
            batch = await admin.TrafficAsync(gateway, _position, Mine.Generation, cancellationToken);
        }

        _position = (batch ?? throw Gone()).Next;
        return batch.Generation == Mine.Generation ? batch : null;
    }

    // What was seen before is not evidence.
    private async Task ForgetAsync(CancellationToken cancellationToken) =>
        _position = (await admin.TrafficAsync(gateway, long.MaxValue, Mine.Generation, cancellationToken) ?? throw Gone()).Next;

    private async Task<bool> ReplaceAsync(RouteTable next, CancellationToken cancellationToken)
    {
        var (taken, current) = await admin.ReplaceAsync(gateway, new(Mine.Generation, next), cancellationToken);
        Mine = taken ? current! : Mine;
        return current != null ? taken : throw Gone();
    }

    private StageFailedException Gone() => new(new Finding(
        "MLB5025", "The gateway does not answer", $"127.0.0.1:{gateway.Port}", null, "an answer of the gateway",
        "./build.sh Status shows what runs; run the deployment again"));
}
