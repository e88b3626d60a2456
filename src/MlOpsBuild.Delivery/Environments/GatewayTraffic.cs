using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>Moves weights of a running gateway for one canary and reads what it counted since.</summary>
internal sealed class GatewayTraffic : ICanaryTraffic
{
    private readonly AdminClient _admin;
    private readonly ServerInstance _gateway;
    private readonly Upstream _canary;
    private readonly int _first;
    private RouteTable _mine;

    public GatewayTraffic(AdminClient admin, ServerInstance gateway, RouteTable start, Upstream canary)
    {
        (_admin, _gateway, _canary, _mine) = (admin, gateway, canary, start);
        _first = start.Epoch + 1;
    }

    public async Task<bool> SetCanaryAsync(double percent, CancellationToken cancellationToken)
    {
        if (!await IsInForceAsync(cancellationToken))
        {
            return false;
        }

        _mine = _mine with { Epoch = _mine.Epoch + 1, Canary = percent > 0 ? _canary : null, CanaryPercent = percent };
        return await _admin.RouteAsync(_gateway, _mine, cancellationToken) ? true : throw Gone();
    }

    public async Task<IReadOnlyList<EpochCounts>?> CountAsync(CancellationToken cancellationToken)
    {
        if (!await IsInForceAsync(cancellationToken))
        {
            return null;
        }

        var counts = await _admin.CountsAsync(_gateway, cancellationToken) ?? throw Gone();
        return [.. counts.Where(epoch => epoch.Epoch >= _first && epoch.CanaryShare > 0)];
    }

    private async Task<bool> IsInForceAsync(CancellationToken cancellationToken) =>
        (await _admin.RoutesAsync(_gateway, cancellationToken) ?? throw Gone()).Epoch == _mine.Epoch;

    private StageFailedException Gone() => new(new Finding(
        "The gateway does not answer", $"127.0.0.1:{_gateway.Port}", null, "an answer of the gateway", "./build.sh Status shows what runs; run the deployment again"));
}
