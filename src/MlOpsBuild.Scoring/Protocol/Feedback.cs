namespace MlOpsBuild.Scoring.Protocol;

/// <summary>A label that comes after its prediction.</summary>
/// <param name="Id">The prediction's id.</param>
/// <param name="Label">What really happened, in the target's unit.</param>
public sealed record Feedback(string Id, double Label);
