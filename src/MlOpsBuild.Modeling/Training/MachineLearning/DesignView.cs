using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>Training rows as ML.NET's table. A design row is made when a cursor comes to it, so that no copy of the data is held.</summary>
internal sealed class DesignView : IDataView
{
    /// <summary>The column of design rows.</summary>
    public const string Features = "Features";

    /// <summary>The number to predict; 1 or 0 where a class is told from the rest.</summary>
    public const string Label = "Label";

    /// <summary>Whether the row is of the class that is told from the rest.</summary>
    public const string IsOfClass = "IsOfClass";

    /// <summary>How much the row counts.</summary>
    public const string Weight = "Weight";

    private readonly TrainingRows _rows;
    private readonly int? _class;
    private readonly CancellationToken _cancellation;

    /// <param name="rows">The rows.</param>
    /// <param name="position">The class that is told from the rest; null where numbers are predicted.</param>
    /// <param name="cancellation">Ends the walk over the rows.</param>
    public DesignView(TrainingRows rows, int? position, CancellationToken cancellation)
    {
        (_rows, _class, _cancellation) = (rows, position, cancellation);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, rows.Transform.Width));
        schema.AddColumn(Label, NumberDataViewType.Single);
        schema.AddColumn(IsOfClass, BooleanDataViewType.Instance);
        schema.AddColumn(Weight, NumberDataViewType.Single);
        Schema = schema.ToSchema();
    }

    /// <inheritdoc />
    public bool CanShuffle => false;

    /// <inheritdoc />
    public DataViewSchema Schema { get; }

    /// <inheritdoc />
    public long? GetRowCount() => _rows.Count;

    /// <inheritdoc />
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new DesignCursor(Schema, _rows, _class, [.. columnsNeeded.Select(column => column.Index)], _cancellation);

    /// <inheritdoc />
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
