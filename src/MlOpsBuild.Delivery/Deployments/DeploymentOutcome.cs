namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What came of a deployment.</summary>
public enum DeploymentOutcome
{
    /// <summary>It was stopped before a decision.</summary>
    Stopped,

    /// <summary>It served already; nothing was done.</summary>
    AlreadyServing,

    /// <summary>It should have served and did not; put back in place without a canary.</summary>
    Restarted,

    /// <summary>The first version: serves without a comparison, within the absolute bound.</summary>
    FirstServed,

    /// <summary>Took over after a canary.</summary>
    Promoted,

    /// <summary>Rolled back by the canary.</summary>
    RolledBack,

    /// <summary>Ended without a decision; the version before keeps serving.</summary>
    Inconclusive,

    /// <summary>Somebody withdrew it while it was on trial.</summary>
    Withdrawn,

    /// <summary>Compared with the champion while none of its answers reached a caller.</summary>
    Shadowed,

    /// <summary>It proved itself, but the policy of the environment did not let it take over any more.</summary>
    Denied,
}
