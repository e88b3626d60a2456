using MlOpsBuild.Core;
using MlOpsBuild.Data.Sources;

namespace MlOpsBuild.Data.Stages;

/// <summary>What the ingest stage reads.</summary>
public sealed record IngestInput(DataSource Source, IReadOnlyList<Artifact> Files);
