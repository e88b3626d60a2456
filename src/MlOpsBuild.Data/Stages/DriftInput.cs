using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Data.Stages;

/// <summary>What the drift stage reads.</summary>
/// <param name="Snapshot">The rows now.</param>
/// <param name="Contract">What they promise.</param>
/// <param name="Reference">What is kept of the rows they are compared with.</param>
/// <param name="ReferenceContract">What those promised.</param>
/// <param name="Policy">What counts as drift.</param>
public sealed record DriftInput(
    SnapshotFiles Snapshot, DataContract Contract, DataProfile Reference, DataContract ReferenceContract, DriftPolicy Policy);
