namespace MlOpsBuild.Components;

/// <summary>A build that can take a version from the registry instead of making one.</summary>
public interface IHazModelVersion : IHazPipelines
{
    /// <summary>A registered version to deploy, where nothing before Deploy runs, or to test against the one that serves.</summary>
    [Parameter("A registered version to deploy; everything before Deploy is skipped. With StartExperiment: the version on test")]
    int? ModelVersion => TryGetValue<int?>(() => ModelVersion);
}
