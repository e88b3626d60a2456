namespace MlOpsBuild.Dashboard.Acts;

/// <summary>What came of it.</summary>
/// <param name="ExitCode">Exit code of the build.</param>
/// <param name="Lines">The last lines that it printed.</param>
public sealed record DashboardAnswer(int ExitCode, IReadOnlyList<string> Lines);
