namespace MlOpsBuild.Delivery.Canary;

/// <summary>What a look decides.</summary>
public enum CanaryDecision
{
    /// <summary>Go on at the same weight.</summary>
    Continue,

    /// <summary>The new version takes over.</summary>
    Promote,

    /// <summary>The new version goes.</summary>
    Rollback,

    /// <summary>It ends without a decision; the baseline keeps serving.</summary>
    Inconclusive,

    /// <summary>Somebody else changed the routes: a rollback, a stop, or a lease that ended.</summary>
    Overtaken,
}
