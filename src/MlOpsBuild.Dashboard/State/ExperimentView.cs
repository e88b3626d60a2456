namespace MlOpsBuild.Dashboard.State;

/// <summary>The newest A/B test.</summary>
/// <param name="Version">The version on test.</param>
/// <param name="From">The version that serves beside it.</param>
/// <param name="Open">Whether it goes on.</param>
/// <param name="Verdict">What was last seen of it.</param>
/// <param name="Lines">What it is, its split, its difference, a line each.</param>
/// <param name="Headers">Headers of the table of its arms.</param>
/// <param name="Arms">Rows of that table; empty where nobody looked.</param>
public sealed record ExperimentView(
    int Version, int From, bool Open, string Verdict, IReadOnlyList<string> Lines, IReadOnlyList<string> Headers,
    IReadOnlyList<IReadOnlyList<string>> Arms);
