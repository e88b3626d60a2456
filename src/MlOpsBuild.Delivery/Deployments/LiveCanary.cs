using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>A canary that goes on, as far as it has come.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Environment">Where.</param>
/// <param name="Version">The version on trial.</param>
/// <param name="Policy">What it is judged by.</param>
/// <param name="Looks">The looks so far, thinned out where there are many; the last one is always there.</param>
public sealed record LiveCanary(
    string Pipeline, string Environment, int Version, CanaryPolicy Policy, IReadOnlyList<CanaryLook> Looks)
{
    /// <summary>How long it takes at most from now on, at the rate of requests so far; null while that is not known.</summary>
    public TimeSpan? Left => Looks is [var first, .., var last] && last.Seen.Requests > 0 && last.At > first.At
        ? TimeSpan.FromSeconds(
            Math.Max(0, Policy.MaximumRequests - last.Seen.Requests) * (last.At - first.At).TotalSeconds / last.Seen.Requests)
        : null;
}
