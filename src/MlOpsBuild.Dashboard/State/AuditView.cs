namespace MlOpsBuild.Dashboard.State;

/// <summary>An entry of the audit log.</summary>
/// <param name="At">When.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">To what.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Reason">Why.</param>
public sealed record AuditView(string At, string Action, string Subject, string Actor, string Reason);
