using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>Changes a gateway's routes by compare-and-set, again and again while others change them too.</summary>
/// <param name="pipeline">The pipeline's name.</param>
/// <param name="admin">Talks to the gateway.</param>
internal sealed class RouteChanger(string pipeline, AdminClient admin)
{
    private const int MostAttempts = 50;

    /// <summary>As <see cref="IEnvironment.ChangeAsync"/>; <paramref name="find"/> gives the gateway, started when none answers.</summary>
    public async Task<RouteTable?> ChangeAsync(
        Func<CancellationToken, Task<ServerInstance>> find, long? expected, Func<RouteTable, RouteTable> change,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var gateway = await find(cancellationToken);
            if (await admin.RoutesAsync(gateway, cancellationToken) is not { } current)
            {
                continue;
            }

            if (expected is { } from && current.Generation != from)
            {
                return null;
            }

            var (taken, inForce) = await admin.ReplaceAsync(gateway, new(current.Generation, change(current)), cancellationToken);
            if (taken)
            {
                return inForce;
            }
        }

        throw new StageFailedException(new Finding(
            "MLB5026", "The gateway does not take the routes", pipeline,
            string.Create(CultureInfo.InvariantCulture, $"{MostAttempts} attempts"), "routes in force",
            "./build.sh Status shows what runs; run the command again"));
    }

    /// <summary>Gives the versions in the routes of a gateway that answers other numbers.</summary>
    public async Task RenumberAsync(ServerInstance gateway, IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        int Now(int version) => numbers.GetValueOrDefault(version, version);
        Upstream? Moved(Upstream? upstream) => upstream is { } known ? known with { Version = Now(known.Version) } : null;
        if (await admin.IsOursAsync(gateway, cancellationToken)
            && await admin.RoutesAsync(gateway, cancellationToken) is { } routes
            && routes.Upstreams.Any(upstream => Now(upstream.Version) != upstream.Version))
        {
            await ChangeAsync(
                _ => Task.FromResult(gateway), null,
                current => current with
                {
                    Baseline = Moved(current.Baseline), Canary = Moved(current.Canary),
                    Warm = [.. current.Warm.Select(upstream => Moved(upstream)!)],
                    Experiment = current.Experiment is { } test ? test with { Treatment = Moved(test.Treatment)! } : null,
                },
                cancellationToken);
        }
    }
}
