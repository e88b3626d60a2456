namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What kind of value is predicted.</summary>
public enum LearningTask
{
    /// <summary>A number.</summary>
    Regression,

    /// <summary>The probability of the positive one of two classes.</summary>
    Binary,

    /// <summary>A probability for each of three or more classes.</summary>
    Multiclass,
}
