using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Stages;

/// <summary>What the validation stage reads.</summary>
public sealed record ValidateInput(SnapshotFiles Snapshot, DataContract Contract);
