namespace MlOpsBuild.Components;

/// <summary>A build that can take a version from the registry instead of making one.</summary>
public interface IHazModelVersion : IHazPipelines
{
    /// <summary>A registered version to deploy; nothing before Deploy runs.</summary>
    [Parameter("A registered version to deploy; everything before Deploy is skipped")]
    int? ModelVersion => TryGetValue<int?>(() => ModelVersion);
}
