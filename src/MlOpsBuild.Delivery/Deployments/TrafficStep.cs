namespace MlOpsBuild.Delivery.Deployments;

/// <summary>The steps of a deployment and of a change of traffic, in their order; a build may end after any of them.</summary>
internal enum TrafficStep
{
    /// <summary>A deployment's record says that it has begun.</summary>
    Begun,

    /// <summary>The version on trial has a server.</summary>
    ServerStarted,

    /// <summary>The version on trial has its share of requests.</summary>
    OnTrial,

    /// <summary>What is to change is written down.</summary>
    IntentWritten,

    /// <summary>The gateway has the new routes.</summary>
    TrafficMoved,

    /// <summary>The alias names the version.</summary>
    AliasMoved,

    /// <summary>The deployment's record says what came of it.</summary>
    DeploymentEnded,

    /// <summary>The audit log knows.</summary>
    Audited,

    /// <summary>Nothing is open any more.</summary>
    IntentClosed,
}
