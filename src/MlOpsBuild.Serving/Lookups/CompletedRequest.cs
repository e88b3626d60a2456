using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Lookups;

/// <summary>
/// A request with what was looked up for it. Every version gets the same values, as far as it knows the columns: one that does not
/// would refuse them.
/// </summary>
/// <param name="asked">The request as it came.</param>
/// <param name="plan">Which version takes what; null where nothing was looked up.</param>
/// <param name="bodies">A body for each of the plan's sets of views.</param>
internal sealed class CompletedRequest(byte[] asked, LookupPlan? plan, IReadOnlyList<CompletedBody> bodies)
{
    private readonly CompletedBody _asked = new(asked, null);

    /// <summary>As <paramref name="upstream"/> gets it.</summary>
    public CompletedBody For(Upstream upstream) => plan?.SetOf(upstream) is { } set ? bodies[set] : _asked;
}
