namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>What a metric charges for one row; what gates and canaries compare.</summary>
public enum RowLoss
{
    /// <summary>(prediction − label)².</summary>
    SquaredError,

    /// <summary>|prediction − label|.</summary>
    AbsoluteError,

    /// <summary>(ln(1 + prediction) − ln(1 + label))².</summary>
    SquaredLogError,

    /// <summary>−ln of the probability given to what happened, which is cut at 1e-15.</summary>
    LogLoss,

    /// <summary>Squared error of the probability; of many classes summed over them.</summary>
    Brier,

    /// <summary>1 for a wrong answer.</summary>
    ZeroOne,
}
