namespace MlOpsBuild.Modeling.Leaks;

/// <summary>How a model could come to know what it is to predict.</summary>
public enum LeakKind
{
    /// <summary>A column equals the label, or determines it.</summary>
    LabelCopy,

    /// <summary>Two columns together give the label.</summary>
    LabelSum,

    /// <summary>A column holds the label of the next row or of the row before.</summary>
    ShiftedLabel,

    /// <summary>A column numbers the rows: it orders them like time.</summary>
    RowNumber,

    /// <summary>The same rows are trained on and held out.</summary>
    SharedRows,

    /// <summary>Rows of one group, alike in their labels, are trained on and held out.</summary>
    SharedGroups,
}
