namespace MlOpsBuild.Reporting.Maturity;

/// <summary>One of the 28 tests of the ML Test Score.</summary>
/// <param name="Section">Data, model, infrastructure or monitoring.</param>
/// <param name="Number">1 to 7.</param>
/// <param name="Test">What is asked for.</param>
/// <param name="Points">1 when it is done by the build, ½ when it was done by hand and is written down, else 0.</param>
/// <param name="Evidence">What shows it; null without any.</param>
public sealed record ScoredTest(string Section, int Number, string Test, double Points, string? Evidence);
