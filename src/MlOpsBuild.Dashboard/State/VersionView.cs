namespace MlOpsBuild.Dashboard.State;

/// <summary>A version.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was made.</param>
/// <param name="Metrics">How good it was on its hold-out.</param>
/// <param name="Origin">Run, data and commit that it comes from.</param>
/// <param name="Simulated">Whether it learnt from simulated rows.</param>
/// <param name="State">Whether it serves, or what became of it; empty when it was never deployed.</param>
/// <param name="Approval">Who agreed that it is deployed, and until when; empty when nobody did.</param>
public sealed record VersionView(int Number, string At, string Metrics, string Origin, bool Simulated, string State, string Approval);
