namespace MlOpsBuild.Reporting.Charts;

/// <summary>Values that belong together.</summary>
/// <param name="Name">Whose they are.</param>
/// <param name="Points">In the order of their places.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Whether one says nothing of the next: dots without a line.</summary>
    public bool IsScattered { get; init; }
}
