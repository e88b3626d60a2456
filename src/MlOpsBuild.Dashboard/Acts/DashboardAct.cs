namespace MlOpsBuild.Dashboard.Acts;

/// <summary>What somebody asks for.</summary>
/// <param name="Kind">What.</param>
/// <param name="Pipeline">Of which pipeline.</param>
/// <param name="Environment">Where.</param>
/// <param name="Version">The version to deploy or approve; null for a rollback.</param>
/// <param name="Reason">Why.</param>
public sealed record DashboardAct(DashboardActKind Kind, string Pipeline, string Environment, int? Version, string Reason);
