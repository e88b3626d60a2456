namespace MlOpsBuild.Reporting.Charts;

/// <summary>A chart as data: what is drawn as SVG, as a line of text or as Mermaid is made from it, and nothing else.</summary>
public sealed record Chart
{
    /// <summary>What it shows, with units.</summary>
    public required string Title { get; init; }

    /// <summary>How it is drawn.</summary>
    public required ChartForm Form { get; init; }

    /// <summary>Names along the first axis by position: all bars' names, or the marks of an axis of points; empty for numbers.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>What is drawn, first things first.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Bounds that values are read against.</summary>
    public IReadOnlyList<ChartLevel> Levels { get; init; } = [];

    /// <summary>What equal values of both axes mean, where they are marked by a line; else null.</summary>
    public string? Diagonal { get; init; }
}
