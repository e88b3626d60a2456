namespace MlOpsBuild.Reporting.Maturity;

/// <summary>A piece that a level of another maturity model asks for.</summary>
/// <param name="Level">The level.</param>
/// <param name="Piece">What must have been done.</param>
/// <param name="Evidence">What shows that it was, or null.</param>
public sealed record ModelLevel(int Level, string Piece, string? Evidence);
