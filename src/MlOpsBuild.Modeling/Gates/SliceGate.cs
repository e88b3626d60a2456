using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>What a candidate must show on every value of a column, by the first gate's metric.</summary>
/// <param name="Column">The column.</param>
public sealed record SliceGate(string Column)
{
    /// <summary>Worst allowed value of the metric on any of them, or null.</summary>
    public double? Bound { get; init; }

    /// <summary>Largest tolerated loss against the champion on any of them, as a part of the champion's value, or null.</summary>
    public double? ChampionMargin { get; init; }

    /// <summary>Values with fewer rows are named and not judged.</summary>
    /// <value>1: all are.</value>
    public int MinimumRows { get; init; } = 1;

    /// <summary>Names of the values by their position; null where values are numbers.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>A value, for people.</summary>
    public string NameOf(double value) => CategoryNames.Text(Names, value);
}
