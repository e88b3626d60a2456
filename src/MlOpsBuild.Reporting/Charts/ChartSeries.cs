namespace MlOpsBuild.Reporting.Charts;

/// <summary>Values that belong together.</summary>
/// <param name="Name">Whose they are.</param>
/// <param name="Points">In the order of their places.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);
