using MlOpsBuild.Reporting.Maturity;

namespace MlOpsBuild.Components.Flow;

/// <summary>An entry of what <c>Maturity --json</c> prints.</summary>
/// <param name="Pipeline">Whose delivery was assessed.</param>
/// <param name="Declared">The level that the build class declares.</param>
/// <param name="Supported">The highest level with evidence for all that it and those below ask for.</param>
/// <param name="Pieces">All that the levels ask for, with evidence or without.</param>
internal sealed record MaturityDocument(
    string Pipeline, MaturityLevel Declared, MaturityLevel Supported, IReadOnlyList<MaturityPiece> Pieces)
{
    /// <summary>Other maturity models by the same evidence.</summary>
    public IReadOnlyList<OtherModel> Others { get; init; } = [];

    /// <summary>The ML Test Score.</summary>
    public required TestScore Score { get; init; }
}
