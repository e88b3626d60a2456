using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>
/// A share of the rows, drawn by seed; of classes, the same share of each. A row's place in the draw follows from what it holds: neither
/// order nor new rows change it, and equal rows are on one side.
/// </summary>
/// <param name="Share">Share held out, in (0, 1).</param>
/// <param name="Stratified">Whether each label's rows are drawn by themselves.</param>
public sealed record RandomShare(double Share, bool Stratified) : HoldOut
{
    /// <inheritdoc />
    public override BlockUnit Unit => BlockUnit.Row;

    /// <inheritdoc />
    public override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{Share:0.##%} of the rows{(Stratified ? " of each class" : "")}, at random");

    /// <inheritdoc />
    public override string? Overlap(SplitFacts split, SplitFacts champion) => champion.DrawnWithTexts != split.DrawnWithTexts
        ? "the champion's rows were drawn without their free texts: it was trained on some of these rows"
        : champion.HoldOut == Describe() && champion.Seed == split.Seed
        ? null
        : $"the champion held out {champion.HoldOut} (seed {champion.Seed}): it was trained on some of these rows";

    /// <inheritdoc />
    protected override Split Split(DataTable table, IReadOnlyList<int> labelled, long seed)
    {
        var places = RowPlaces.Of(table, seed);
        var cuts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var stratum in labelled.GroupBy(Stratum))
        {
            var order = stratum.Select(row => places[row]).Order().ToArray();
            cuts[stratum.Key] = order[Math.Min((int)Math.Round(Share * order.Length), order.Length - 1)];
        }

        var parts = labelled.ToLookup(row => places[row] < cuts[Stratum(row)]);
        return new([.. parts[false]], [.. parts[true]], [.. parts[true]], Unit)
        {
            Places = [.. parts[true].Select(row => places[row])], Cuts = cuts
        };

        string Stratum(int row) => Stratified ? StratumOf(LabelClasses.PositionOf(table.Contract.Label, table.Label[row])) : All;
    }

    /// <summary>The stratum where all rows are drawn together.</summary>
    internal const string All = "all";

    /// <summary>The stratum of rows of the class at <paramref name="position"/>.</summary>
    internal static string StratumOf(double position) => position.ToString(CultureInfo.InvariantCulture);
}
