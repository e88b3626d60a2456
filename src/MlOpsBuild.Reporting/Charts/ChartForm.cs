namespace MlOpsBuild.Reporting.Charts;

/// <summary>How a chart is drawn.</summary>
public enum ChartForm
{
    /// <summary>Points joined by lines, with their intervals.</summary>
    Lines,

    /// <summary>Horizontal bars from zero, by name.</summary>
    Bars,
}
