namespace MlOpsBuild.Delivery.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobPhase
{
    /// <summary>No pod of it runs yet.</summary>
    Waiting,

    /// <summary>A pod runs.</summary>
    Running,

    /// <summary>A pod ended well.</summary>
    Succeeded,

    /// <summary>No pod will be tried any more.</summary>
    Failed,
}
