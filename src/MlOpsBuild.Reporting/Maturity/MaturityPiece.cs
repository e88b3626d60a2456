namespace MlOpsBuild.Reporting.Maturity;

/// <summary>One thing a level asks for.</summary>
/// <param name="Level">The level.</param>
/// <param name="Piece">What must have been done.</param>
/// <param name="Evidence">What shows that it was, or null.</param>
/// <param name="HowTo">How to get it.</param>
public sealed record MaturityPiece(MaturityLevel Level, string Piece, string? Evidence, string HowTo);
