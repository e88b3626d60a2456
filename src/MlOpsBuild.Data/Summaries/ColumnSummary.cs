namespace MlOpsBuild.Data.Summaries;

/// <summary>What a column looks like.</summary>
/// <param name="Name">Header name.</param>
/// <param name="Kind">What most of its cells hold.</param>
/// <param name="Count">Cells with a value.</param>
/// <param name="Missing">Cells without.</param>
/// <param name="Distinct">Different values; of numbers those that are equal count once.</param>
/// <param name="DistinctError">Relative standard error of <paramref name="Distinct"/>; 0 where they were counted.</param>
public sealed record ColumnSummary(string Name, CellKind Kind, long Count, long Missing, long Distinct, double DistinctError)
{
    /// <summary>Cells with a value of another kind.</summary>
    public long Others { get; init; }

    /// <summary>Whether the column tells of persons, so that none of its values is shown.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Of a column of numbers; of flags 0 and 1.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>Of a column of times.</summary>
    public TimeSummary? Times { get; init; }

    /// <summary>Of a column of texts: bytes of the shortest and the longest one.</summary>
    public IReadOnlyList<int>? Lengths { get; init; }

    /// <summary>The commonest values, at most ten.</summary>
    public IReadOnlyList<FrequentValue> Top { get; init; } = [];

    /// <summary>By how much a count of <see cref="Top"/> can be too small; 0 where all were counted.</summary>
    public long TopUndercount { get; init; }

    /// <summary>The promises that cells break.</summary>
    public IReadOnlyList<ContractViolation> Promises { get; init; } = [];
}
