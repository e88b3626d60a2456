using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Modeling.Fairness;

/// <summary>Groups whose rates are compared.</summary>
/// <param name="Column">The column that says who belongs to which group.</param>
public sealed record FairnessSpec(string Column)
{
    internal const int UsualMinimumRows = 30;

    /// <summary>Largest tolerated gaps, by rate; empty where none decides.</summary>
    public IReadOnlyDictionary<FairnessRate, double> Limits { get; init; } = new Dictionary<FairnessRate, double>();

    /// <summary>Groups with fewer rows that count for a rate are named and not judged.</summary>
    /// <value>30.</value>
    public int MinimumRows { get; init; } = UsualMinimumRows;

    /// <summary>Names of the groups by their position; null where they are numbers.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>A group, for people.</summary>
    public string NameOf(double value) => CategoryNames.Text(Names, value);
}
