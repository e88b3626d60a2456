namespace MlOpsBuild.Delivery.Retraining;

/// <summary>Why a pipeline is trained anew.</summary>
public enum RetrainCause
{
    /// <summary>Somebody asked.</summary>
    Manual,

    /// <summary>The version that serves is old enough.</summary>
    Schedule,

    /// <summary>There are enough new rows.</summary>
    Data,

    /// <summary>Data moved away from that of training.</summary>
    Drift,

    /// <summary>The loss rose.</summary>
    Loss,
}
