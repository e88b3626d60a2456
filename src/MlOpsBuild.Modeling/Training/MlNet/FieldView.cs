using Microsoft.ML;
using MlOpsBuild.MlNet;

namespace MlOpsBuild.Modeling.Training.MlNet;

/// <summary>Training rows as a chain of one's own gets them.</summary>
internal sealed class FieldView(TrainingRows rows, CancellationToken cancellation) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = FieldSchema.Of(rows.Fields, rows.Transform.Width, rows.Classes);

    public long? GetRowCount() => rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new FieldCursor(Schema, rows, [.. columnsNeeded.Select(column => column.Index)], cancellation);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
