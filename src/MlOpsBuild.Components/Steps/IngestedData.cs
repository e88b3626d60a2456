using MlOpsBuild.Data.Stages;

namespace MlOpsBuild.Components.Steps;

/// <summary>The data of a run as it was taken in.</summary>
/// <param name="Snapshot">The files, by their digests.</param>
internal sealed record IngestedData(SnapshotFiles Snapshot) : IStepResult
{
    public static string Target => "IngestData";
}
