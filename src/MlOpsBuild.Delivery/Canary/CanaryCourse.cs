namespace MlOpsBuild.Delivery.Canary;

/// <summary>How a canary went.</summary>
/// <param name="Decision">Promote, Rollback or Inconclusive.</param>
/// <param name="Reason">Why, with numbers.</param>
/// <param name="Looks">Every look.</param>
public sealed record CanaryCourse(CanaryDecision Decision, string Reason, IReadOnlyList<CanaryLook> Looks);
