using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Store.Versions;

/// <summary>A numbered, immutable version of a pipeline's model.</summary>
/// <param name="Number">1, 2, 3, … per pipeline.</param>
/// <param name="Bundle">The bundle's manifest digest.</param>
/// <param name="Model">The model's digest.</param>
/// <param name="Run">The run that made it.</param>
/// <param name="At">When it was registered.</param>
/// <param name="Simulated">Whether it was trained on simulated data.</param>
/// <param name="TestedAgainst">The model digest of the champion its gates were judged against; null when there was none.</param>
public sealed record ModelVersion(
    int Number, Digest Bundle, Digest Model, string Run, DateTimeOffset At, bool Simulated, Digest? TestedAgainst)
{
    /// <summary>Who made it; null for versions from before that was kept.</summary>
    public string? Maker { get; init; }

    /// <summary>The code that made it; null where it lay in no repository, and for versions from before that was kept.</summary>
    public SourceRevision? Source { get; init; }

    /// <summary>Where it comes from; null where nobody signs.</summary>
    public Signature? Signature { get; init; }

    /// <summary>What is signed of it, as a version of <paramref name="pipeline"/>.</summary>
    public VersionStatement Statement(string pipeline) => new(pipeline, Bundle, Model)
    {
        Origin = Maker == null ? null : Digest.Of(CanonicalJson.Serialize(new VersionOrigin(Run, Maker, Source))),
    };

    private sealed record VersionOrigin(string Run, string Maker, SourceRevision? Source);
}
