namespace MlOpsBuild.Delivery.Jobs;

/// <summary>How a job is.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Pod">The pod that runs, or that ended it; null where there is none yet.</param>
/// <param name="Text">What ended badly or keeps it waiting, or the answer of one that ended well.</param>
internal sealed record JobState(JobPhase Phase, string? Pod, string? Text);
