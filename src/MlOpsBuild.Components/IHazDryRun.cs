namespace MlOpsBuild.Components;

/// <summary>A build with acts that can be looked at before.</summary>
public interface IHazDryRun : INukeBuild
{
    /// <summary>Says what would be done.</summary>
    [Parameter("With Deploy, StartExperiment, Doctor and Prune: says what would be done and changes nothing")]
    [ReadBy(nameof(IDeployModel.Deploy), nameof(IExperiment.StartExperiment), nameof(IMaintainStore.Doctor), nameof(IMaintainStore.Prune))]
    bool? DryRun => TryGetValue<bool?>(() => DryRun);
}
