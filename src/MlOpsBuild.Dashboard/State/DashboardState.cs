namespace MlOpsBuild.Dashboard.State;

/// <summary>All that the page shows.</summary>
/// <param name="Places">Where pipelines serve.</param>
/// <param name="Alerts">What somebody was told, the newest first.</param>
/// <param name="Audit">The newest entries of the audit log, the newest first.</param>
public sealed record DashboardState(
    IReadOnlyList<PlaceView> Places, IReadOnlyList<AuditView> Alerts, IReadOnlyList<AuditView> Audit);
