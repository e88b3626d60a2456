using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>A share of the groups, drawn by seed: all rows of a group are on one side, also when it gets new ones.</summary>
/// <param name="Column">The column that names a row's group.</param>
/// <param name="Share">Share of the groups held out, in (0, 1).</param>
public sealed record GroupShare(string Column, double Share) : HoldOut
{
    /// <inheritdoc />
    public override BlockUnit Unit => BlockUnit.Group;

    /// <inheritdoc />
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Share:0.##%} of the groups by {Column}, at random");

    /// <inheritdoc />
    public override string? Overlap(SplitFacts split, SplitFacts champion) => champion.HoldOut == Describe() && champion.Seed == split.Seed
        ? null
        : $"the champion held out {champion.HoldOut} (seed {champion.Seed}): it was trained on some of these groups";

    /// <inheritdoc />
    internal override IReadOnlyList<double> UnitsOf(DataTable table, IReadOnlyList<int> rows) =>
        [.. rows.Select(row => table.Columns[Column][row])];

    /// <inheritdoc />
    protected override Split Split(DataTable table, IReadOnlyList<int> labelled, long seed)
    {
        var places = RowPlaces.Of(table, [Column], seed);
        var numbers = new Dictionary<double, int>();
        var parts = labelled.ToLookup(row => places[row] < Share);
        return new([.. parts[false]], [.. parts[true]], [.. parts[true].Select(Number)], Unit);

        int Number(int row) =>
            numbers.TryGetValue(table.Columns[Column][row], out var known) ? known : numbers[table.Columns[Column][row]] = numbers.Count;
    }
}
