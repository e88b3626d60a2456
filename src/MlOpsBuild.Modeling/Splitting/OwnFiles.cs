using MlOpsBuild.Core;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>The rows of files of their own.</summary>
/// <param name="Source">The files; a path given for training data does not replace them.</param>
public sealed record OwnFiles(DataSource Source) : HoldOut
{
    /// <inheritdoc />
    public override BlockUnit Unit => BlockUnit.Row;

    /// <inheritdoc />
    public override string Describe() => $"the rows of {Source.Name}";

    /// <inheritdoc />
    public override string? Overlap(SplitFacts split, SplitFacts champion) => champion.HoldOut == Describe()
        ? null
        : $"the champion held out {champion.HoldOut}: whether it was trained on these rows is not known";

    /// <inheritdoc />
    protected override Split Split(DataTable table, IReadOnlyList<int> labelled, long seed)
    {
        var parts = labelled.ToLookup(row => row >= table.HeldOutFrom);
        return new(
            [.. parts[false]], [.. parts[true]],
            [.. parts[true].Select(row => table.Times.Count > 0 ? DateOnly.FromDateTime(table.Times[row]).DayNumber : row)],
            table.Times.Count > 0 ? BlockUnit.Day : Unit);
    }
}
