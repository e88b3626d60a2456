using Microsoft.AspNetCore.Http;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Predictions;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>
/// Gives the unit of a request its arm of the A/B test that goes on, tells the caller, and takes down that it was there. A request that
/// names no unit is in no test.
/// </summary>
internal static class ExperimentArms
{
    /// <summary>The arm; null where the request is in no test.</summary>
    public static ExperimentArm? Assign(RouteTable routes, HttpContext context, UnitLog? log)
    {
        if ((routes.Experiment?.UnitHeader ?? routes.Log.UnitHeader) is not { } header
            || context.Request.Headers[header].ToString() is not { Length: > 0 and <= Outcome.LongestName } unit)
        {
            return null;
        }

        var arm = routes.Experiment?.ArmOf(unit);
        log?.Came(unit, routes.Experiment?.Id, arm);
        if (arm is { } assigned)
        {
            context.Response.Headers[ServerHeaders.Experiment] = routes.Experiment!.Id;
            context.Response.Headers[ServerHeaders.ExperimentArm] = assigned.ToString().ToLowerInvariant();
        }

        return arm;
    }
}
