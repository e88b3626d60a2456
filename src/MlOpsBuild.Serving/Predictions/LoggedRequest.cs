using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Predictions;

/// <summary>What is to be written of a request that was answered, or of a label that came.</summary>
/// <param name="At">When.</param>
/// <param name="Id">Id of the request, or of the row that a label is for.</param>
/// <param name="Routes">The routes then in force: they say what the contract knows and what is kept.</param>
/// <param name="Version">The version that answered.</param>
/// <param name="Body">What was asked.</param>
/// <param name="Answer">What was answered; null of a label.</param>
/// <param name="Label">The label.</param>
internal sealed record LoggedRequest(
    DateTimeOffset At, string Id, RouteTable Routes, int Version, byte[] Body, UpstreamAnswer? Answer, double Label = 0)
{
    /// <summary>What was looked up for each row of <see cref="Body"/>; null where nothing was.</summary>
    public IReadOnlyList<LookedUp?>? Lookups { get; init; }
}
