using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>Walks over the rows of a <see cref="DesignView"/>.</summary>
internal sealed class DesignCursor(
    DataViewSchema schema, TrainingRows rows, int? position, HashSet<int> active, CancellationToken cancellation) : DataViewRowCursor
{
    private long _position = -1;

    /// <inheritdoc />
    public override DataViewSchema Schema => schema;

    /// <inheritdoc />
    public override long Position => _position;

    /// <inheritdoc />
    public override long Batch => 0;

    private int Row => (int)_position;

    /// <inheritdoc />
    public override bool MoveNext()
    {
        cancellation.ThrowIfCancellationRequested();
        _position = _position + 1 < rows.Count ? _position + 1 : -1;
        return _position >= 0;
    }

    /// <inheritdoc />
    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    /// <inheritdoc />
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

    /// <inheritdoc />
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)Getter(column.Name);

    private Delegate Getter(string column) => column switch
    {
        DesignView.Features => (ValueGetter<VBuffer<float>>)Design,
        DesignView.Label => (ValueGetter<float>)((ref float value) => value = position is { } told
            ? (int)rows.Labels[Row] == told ? 1 : 0
            : (float)rows.Labels[Row]),
        DesignView.IsOfClass => (ValueGetter<bool>)((ref bool value) => value = (int)rows.Labels[Row] == position),
        _ => (ValueGetter<float>)((ref float value) => value = (float)(rows.Weights?[Row] ?? 1)),
    };

    private void Design(ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, rows.Transform.Width);
        rows.Write(Row, editor.Values);
        value = editor.Commit();
    }
}
