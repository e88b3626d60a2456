namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Why routes change.</summary>
public enum RouteChangeKind
{
    /// <summary>A version on trial gets or loses a share.</summary>
    Trial,

    /// <summary>A version takes over.</summary>
    Promote,

    /// <summary>The version before serves again.</summary>
    Rollback,

    /// <summary>Somebody withdrew a version that was on trial.</summary>
    Withdraw,

    /// <summary>A version that should serve is put back in place.</summary>
    Restore,

    /// <summary>The lease of a version on trial ended.</summary>
    LeaseEnded,

    /// <summary>An A/B test begins or ends.</summary>
    Experiment,
}
