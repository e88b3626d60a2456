using System.Text.Json.Serialization;

namespace MlOpsBuild.Data.Drift;

/// <summary>How often values fell into each bin in one month; all time where rows have no times.</summary>
/// <param name="Month">The month, for example <c>2011-01</c>; empty where rows have no times.</param>
/// <param name="Blocks">Blocks (days, or rows where there are no times) in it.</param>
/// <param name="SquaredSizes">The sum of the blocks' squared numbers of rows.</param>
/// <param name="Counts">Rows by bin.</param>
public sealed record BinnedPeriod(string Month, int Blocks, double SquaredSizes, IReadOnlyList<int> Counts)
{
    /// <summary>Blocks with a value below every value of the reference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int BlocksBelow { get; init; }

    /// <summary>Blocks with a value above every value of the reference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int BlocksAbove { get; init; }

    /// <summary>Rows in all.</summary>
    [JsonIgnore]
    public long Rows => Counts.Sum(count => (long)count);
}
