using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>Training rows in the form in which ML.NET takes and scores them.</summary>
internal sealed class SingleRows
{
    private readonly TrainingRows _source;

    private SingleRows(TrainingRows source, IReadOnlyList<SingleRow> rows, IDataView view) => (_source, Rows, View) = (source, rows, view);

    /// <summary>The rows, in order.</summary>
    public IReadOnlyList<SingleRow> Rows { get; }

    /// <summary>The same rows as ML.NET's table.</summary>
    public IDataView View { get; }

    public static SingleRows Of(MLContext context, TrainingRows rows, CancellationToken cancellationToken)
    {
        var singles = new List<SingleRow>(rows.Count);
        foreach (var (position, design) in rows.Designs())
        {
            cancellationToken.ThrowIfCancellationRequested();
            singles.Add(new() { Label = (float)rows.Labels[position], Features = Array.ConvertAll(design, value => (float)value) });
        }

        var schema = SchemaDefinition.Create(typeof(SingleRow));
        schema[nameof(SingleRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Transform.Width);
        return new(rows, singles, context.Data.LoadFromEnumerable(singles, schema));
    }

    /// <summary>From now on the label is whether a row is of the class at <paramref name="position"/>.</summary>
    public void Tell(int position)
    {
        foreach (var (row, single) in Rows.Index())
        {
            single.IsOfClass = (int)_source.Labels[row] == position;
            single.Label = single.IsOfClass ? 1 : 0;
        }
    }
}
