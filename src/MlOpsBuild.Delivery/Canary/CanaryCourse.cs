namespace MlOpsBuild.Delivery.Canary;

/// <summary>How a canary went.</summary>
/// <param name="Decision">Promote, Rollback, Inconclusive or Overtaken.</param>
/// <param name="Reason">Why, with numbers.</param>
/// <param name="Looks">The looks, thinned out where there are many; the last one is always there.</param>
public sealed record CanaryCourse(CanaryDecision Decision, string Reason, IReadOnlyList<CanaryLook> Looks)
{
    /// <summary>
    /// Looks are cumulative: of a long canary every other one, every fourth one, … tells as much. The last one is always there.
    /// </summary>
    /// <param name="looks">All of them.</param>
    /// <param name="most">About how many are left.</param>
    internal static IReadOnlyList<CanaryLook> Thinned(IReadOnlyList<CanaryLook> looks, int most)
    {
        var every = (looks.Count / most) + 1;
        return [.. looks.Where((_, position) => position == looks.Count - 1 || position % every == 0)];
    }
}
