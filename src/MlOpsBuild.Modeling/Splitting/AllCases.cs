using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>
/// Every row is held out, with or without a label: nothing is trained on. Rows with the same free texts are one block, whoever wrote them.
/// </summary>
public sealed record AllCases : HoldOut
{
    /// <inheritdoc />
    public override BlockUnit Unit => BlockUnit.Row;

    /// <inheritdoc />
    public override string Describe() => "all cases";

    /// <inheritdoc />
    public override string? Overlap(SplitFacts split, SplitFacts champion) => null;

    /// <inheritdoc />
    protected override bool NeedsLabels => false;

    /// <inheritdoc />
    protected override Split Split(DataTable table, IReadOnlyList<int> labelled, long seed)
    {
        string[] texts =
        [
            .. table.Contract.Columns
                .Where(column => column is { Role: ColumnRole.Feature, Rule.Kind: FieldKind.Text, PersonalData: false })
                .Select(column => column.Name),
        ];
        var places = texts.Length > 0 ? RowPlaces.Of(table, texts, seed: 1) : RowPlaces.OfContent(table, seed: 1);
        return new([], labelled, [.. labelled.Select(row => (int)(places[row] * int.MaxValue))], Unit);
    }
}
