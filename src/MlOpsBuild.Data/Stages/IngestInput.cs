using MlOpsBuild.Core;
using MlOpsBuild.Data.Sources;

namespace MlOpsBuild.Data.Stages;

/// <summary>What the ingest stage reads.</summary>
public sealed record IngestInput(DataSource Source, IReadOnlyList<Artifact> Files)
{
    /// <summary>How many of the files, the last ones, are held out.</summary>
    public int HeldOut { get; init; }
}
