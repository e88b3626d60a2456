namespace MlOpsBuild.Reporting.Maturity;

/// <summary>What somebody declares to have done by hand: <c>pipelines/PIPELINE/declarations.json</c> lists them.</summary>
/// <param name="Test">The test of the ML Test Score, for example <c>data 3</c>.</param>
/// <param name="Owner">Who says so.</param>
/// <param name="Date">When it was done.</param>
/// <param name="What">What was done, and where it is written down.</param>
public sealed record Declaration(string Test, string Owner, DateOnly Date, string What);
