using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

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
    /// <summary>Where it comes from; null where nobody signs.</summary>
    public Signature? Signature { get; init; }
}
