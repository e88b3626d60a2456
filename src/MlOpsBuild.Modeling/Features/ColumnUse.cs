namespace MlOpsBuild.Modeling.Features;

/// <summary>What a feature wants of a column.</summary>
internal enum ColumnUse
{
    /// <summary>The row's own value, which must be known when predicting.</summary>
    Feature,

    /// <summary>Values of earlier rows, which are known whatever they are; numbers.</summary>
    Past,

    /// <summary>Which earlier rows: the row's own value, known when predicting; no free text.</summary>
    Group,
}
