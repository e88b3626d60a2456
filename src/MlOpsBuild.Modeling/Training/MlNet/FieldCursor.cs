using Microsoft.ML;
using Microsoft.ML.Data;
using MlOpsBuild.MlNet;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Training.MlNet;

/// <summary>Walks over the rows of a <see cref="FieldView"/>.</summary>
internal sealed class FieldCursor(DataViewSchema schema, TrainingRows rows, HashSet<int> active, CancellationToken cancellation)
    : DataViewRowCursor
{
    private readonly IEnumerator<RequestRow> _rows = rows.Inputs().GetEnumerator();
    private readonly FieldValues _values = new(schema, rows.Fields, rows.Transform);
    private long _position = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        cancellation.ThrowIfCancellationRequested();
        if (!_rows.MoveNext())
        {
            _position = -1;
            return false;
        }

        _values.Take(_rows.Current.Input, rows.Labels[(int)++_position]);
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _values.GetterOf<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        _rows.Dispose();
        base.Dispose(disposing);
    }
}
