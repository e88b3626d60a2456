namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>A predictor that needs no model; what a model must at least beat.</summary>
public enum Baseline
{
    /// <summary>The label seven days earlier (or a further week back where that hour is missing).</summary>
    SameHourLastWeek,

    /// <summary>The mean label of the training rows.</summary>
    TrainingMean,

    /// <summary>The median label of the training rows.</summary>
    TrainingMedian,

    /// <summary>Each class's share of the training rows, as its probability.</summary>
    ClassShares,

    /// <summary>The most frequent class of the training rows, for certain.</summary>
    MajorityClass,
}
