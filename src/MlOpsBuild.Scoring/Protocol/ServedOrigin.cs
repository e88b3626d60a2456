using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Where a model must come from: a server starts none that nobody it trusts has signed.</summary>
/// <param name="Trusted">Keys that are trusted; without any, every origin will do.</param>
/// <param name="Statement">What was signed; null where nothing need be.</param>
/// <param name="Signature">The signature.</param>
public sealed record ServedOrigin(TrustedKeys Trusted, VersionStatement? Statement, Signature? Signature)
{
    /// <summary>Any origin will do.</summary>
    public static ServedOrigin Any { get; } = new(TrustedKeys.None, null, null);

    /// <summary>Whether <paramref name="model"/> is the one that was signed.</summary>
    public bool Covers(Digest model) => !Trusted.Demands || (Statement?.Model == model && Trusted.Believes(Statement, Signature));
}
