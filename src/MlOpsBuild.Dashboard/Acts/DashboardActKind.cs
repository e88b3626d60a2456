namespace MlOpsBuild.Dashboard.Acts;

/// <summary>What can be asked for on the page.</summary>
public enum DashboardActKind
{
    /// <summary>The version before serves again.</summary>
    Rollback,

    /// <summary>A version is deployed, by canary.</summary>
    Deploy,

    /// <summary>Somebody agrees that a version is deployed.</summary>
    Approve,
}
