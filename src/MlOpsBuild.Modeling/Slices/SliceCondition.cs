using static System.FormattableString;

namespace MlOpsBuild.Modeling.Slices;

/// <summary>What rows of a slice have in a column: a value, or a number in a range.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The value, as it is written in requests; null for a range.</param>
/// <param name="From">The least number; null for a value, and for no lower end.</param>
/// <param name="To">The number that is just too large; null for a value, and for no upper end.</param>
public sealed record SliceCondition(string Column, string? Value, double? From, double? To)
{
    /// <inheritdoc />
    public override string ToString() => Value != null ? $"{Column} = {Value}"
        : From == null ? Invariant($"{Column} < {To:0.####}")
        : To == null ? Invariant($"{Column} ≥ {From:0.####}")
        : Invariant($"{From:0.####} ≤ {Column} < {To:0.####}");
}
