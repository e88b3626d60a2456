using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>Draws the arm of each request at the weight in force, and whether the other arm answers it too.</summary>
internal sealed class ArmPicker(long seed, string rehearsalToken)
{
    private const double AllPercent = 100;
    private readonly SplitMix64 _random = new((ulong)seed);
    private readonly Lock _gate = new();

    /// <summary>The arm of a request; <paramref name="atCanary"/> whether it came to the port of the canary's share.</summary>
    public (TrafficArm Arm, bool Mirrored, bool CanaryFirst, long? Unit) Pick(RouteTable routes, HttpRequest request, bool atCanary = false)
    {
        if (routes.Canary == null)
        {
            return (TrafficArm.Baseline, false, false, null);
        }

        var unit = routes.Sticky is { } sticky ? UnitOf(sticky, request) : null;
        double arm;
        double mirror;
        bool first;
        lock (_gate)
        {
            (arm, mirror, first) = (_random.NextDouble(), _random.NextDouble(), _random.Next() % 2 == 0);
        }

        // The same caller has the same number under every weight, so that a rising weight takes callers over and never back.
        arm = unit is { } known ? (ulong)known / (ulong.MaxValue + 1.0) : arm;
        var (drawn, rehearsal) = (arm * 100 < routes.CanaryPercent, IsRehearsal(request));
        var isCanary = routes.Baseline == null || (routes is { SplitBefore: true, Sticky: null } && !rehearsal ? atCanary : drawn);

        // Answers that somebody pays for are asked for twice where the policy says so, and not for a rehearsal's sake.
        var share = rehearsal && routes.Contract?.Rated != true ? AllPercent : routes.MirrorPercent;
        return (
            isCanary ? TrafficArm.Canary : TrafficArm.Baseline, routes.Baseline != null && mirror * 100 < share, first, unit);
    }

    /// <summary>Whether a rehearsal asks, and no caller.</summary>
    public bool IsRehearsal(HttpRequest request) => request.Headers[ServerHeaders.Rehearsal].ToString() is { Length: > 0 } given
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(rehearsalToken));

    private long? UnitOf(Stickiness sticky, HttpRequest request)
    {
        var value = sticky.Header is { } header ? request.Headers[header].ToString()
            : sticky.Cookie is { } cookie ? request.Cookies[cookie]
            : null;
        return string.IsNullOrEmpty(value)
            ? null
            : BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {value}")));
    }
}
