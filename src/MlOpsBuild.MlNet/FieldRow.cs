using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOpsBuild.MlNet;

/// <summary>One row as a chain takes it.</summary>
internal sealed class FieldRow(DataViewSchema schema, FieldValues values) : DataViewRow
{
    public override DataViewSchema Schema => schema;

    // Another one for each row: ML.NET keeps what it made of a row by its position.
    public override long Position => values.Taken;

    public override long Batch => 0;

    public FieldValues Values => values;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => values.GetterOf<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;
}
