using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>What training reads.</summary>
public sealed record TrainInput(SnapshotFiles Snapshot, PipelineSpec Pipeline);
