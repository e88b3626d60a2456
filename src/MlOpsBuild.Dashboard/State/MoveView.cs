namespace MlOpsBuild.Dashboard.State;

/// <summary>A change of what serves.</summary>
/// <param name="At">When.</param>
/// <param name="What">From which version to which.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record MoveView(string At, string What, string Actor, string Reason);
