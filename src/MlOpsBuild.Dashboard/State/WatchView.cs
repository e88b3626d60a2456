namespace MlOpsBuild.Dashboard.State;

/// <summary>What Monitor found.</summary>
/// <param name="Version">The version that it looked at.</param>
/// <param name="Verdict">Passed, Failed or Inconclusive.</param>
/// <param name="Since">The day since when something is wrong; null where nothing says.</param>
/// <param name="Summary">Rows, labels, time, in words.</param>
/// <param name="Aspects">What was looked at.</param>
/// <param name="Drift">Drift by column as SVG; null where no column was compared.</param>
/// <param name="Slices">Whose loss rose most, in words.</param>
public sealed record WatchView(
    int Version, string Verdict, string? Since, string Summary, IReadOnlyList<AspectView> Aspects, string? Drift,
    IReadOnlyList<string> Slices);
