using Microsoft.ML;
using Microsoft.ML.Data;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.MlNet;

/// <summary>The values of one row after another, as a chain reads them.</summary>
/// <param name="schema">The columns.</param>
/// <param name="fields">The model's inputs.</param>
/// <param name="transform">Input row → features.</param>
public sealed class FieldValues(DataViewSchema schema, IReadOnlyList<FieldRule> fields, FeatureTransform transform)
{
    private readonly float[] _design = new float[transform.Width];
    private double[] _values = [];
    private readonly string[] _texts = new string[fields.Count];
    private double _label;

    /// <summary>How many rows were taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Takes the next row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">Its label: a number, or the position of a class.</param>
    public void Take(InputRow row, double label = 0)
    {
        (_values, _label, Taken) = (row.Values.ToArray(), label, Taken + 1);
        for (var position = 0; position < _texts.Length; position++)
        {
            _texts[position] = FieldSchema.IsText(fields[position]) ? row.TextOf(fields[position], position) : "";
        }

        transform.Write(row, _design);
    }

    /// <summary>Gets a column's value of the row taken last.</summary>
    public ValueGetter<TValue> GetterOf<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)Getter(column);

    private Delegate Getter(DataViewSchema.Column column)
    {
        if (column.Index == schema.Count - 1)
        {
            return column.Type switch
            {
                BooleanDataViewType => (ValueGetter<bool>)((ref bool value) => value = _label == 1),
                KeyDataViewType => (ValueGetter<uint>)((ref uint value) => value = (uint)_label + 1),
                _ => (ValueGetter<float>)((ref float value) => value = (float)_label),
            };
        }

        var index = column.Index;
        return index == schema.Count - 2 ? (ValueGetter<VBuffer<float>>)Design
            : FieldSchema.IsText(fields[index])
                ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = _texts[index].AsMemory())
            : (ValueGetter<float>)((ref float value) => value = (float)_values[index]);
    }

    private void Design(ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, _design.Length);
        _design.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
