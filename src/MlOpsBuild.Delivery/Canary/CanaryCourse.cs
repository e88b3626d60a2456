namespace MlOpsBuild.Delivery.Canary;

/// <summary>How a canary went.</summary>
/// <param name="Decision">Promote, Rollback, Inconclusive or Overtaken.</param>
/// <param name="Reason">Why, with numbers.</param>
/// <param name="Looks">The looks, thinned out where there are many; the last one is always there.</param>
public sealed record CanaryCourse(CanaryDecision Decision, string Reason, IReadOnlyList<CanaryLook> Looks);
