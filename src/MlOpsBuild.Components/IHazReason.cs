namespace MlOpsBuild.Components;

/// <summary>A build with acts that people answer for.</summary>
public interface IHazReason : INukeBuild
{
    /// <summary>Why; goes into the audit log.</summary>
    [Parameter("With Rollback, Approve and EndExperiment: why; goes into the audit log")]
    [ReadBy(nameof(IRollBack.Rollback), nameof(IApprove.Approve), nameof(IExperiment.EndExperiment))]
    string? Reason => TryGetValue(() => Reason);
}
