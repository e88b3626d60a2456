namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>What a metric charges for one row; what gates and canaries compare.</summary>
public enum RowLoss
{
    /// <summary>(prediction − label)².</summary>
    SquaredError,

    /// <summary>|prediction − label|.</summary>
    AbsoluteError,
}
