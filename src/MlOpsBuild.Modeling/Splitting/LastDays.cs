using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>The last whole days.</summary>
/// <param name="Days">Number of days.</param>
public sealed record LastDays(int Days) : HoldOut
{
    /// <inheritdoc />
    public override BlockUnit Unit => BlockUnit.Day;

    /// <inheritdoc />
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"the last {Days} days");

    /// <inheritdoc />
    public override string? Overlap(SplitFacts split, SplitFacts champion) =>
        champion.Through is not { } through ? "the champion was trained on rows without times"
            : through >= split.From
                ? $"the champion was trained through {through.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, into this hold-out"
            : null;

    /// <inheritdoc />
    internal override IReadOnlyList<double>? UnitsOf(DataTable table, IReadOnlyList<int> rows) =>
        table.Times.Count == 0 ? null : [.. rows.Select(row => (double)DateOnly.FromDateTime(table.Times[row]).DayNumber)];

    /// <inheritdoc />
    protected override Split Split(DataTable table, IReadOnlyList<int> labelled, long seed)
    {
        if (table.Times.Count == 0 || labelled.Count == 0)
        {
            return new(labelled, [], [], Unit);
        }

        var last = table.Times[labelled[^1]].Date;
        var first = last.AddDays(-Math.Min(Days - 1, (last - DateTime.MinValue).TotalDays));
        var parts = labelled.ToLookup(row => table.Times[row] >= first);
        return new(
            [.. parts[false]], [.. parts[true]], [.. parts[true].Select(row => DateOnly.FromDateTime(table.Times[row]).DayNumber)], Unit);
    }
}
