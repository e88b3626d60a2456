namespace MlOpsBuild.Core.Signing;

/// <summary>
/// What is signed of a version: which bundle and model it is. Its number is not, since numbers are settled with a team later.
/// </summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Model">Its model.</param>
public sealed record VersionStatement(string Pipeline, Digest Bundle, Digest Model)
{
    /// <summary>
    /// Digest of who made it, in which run, from which commit; null for versions from before that was signed. They are believed as they
    /// were, but nobody vouches for their maker.
    /// </summary>
    public Digest? Origin { get; init; }
}
