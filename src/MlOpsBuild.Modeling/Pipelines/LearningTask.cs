namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What kind of value is predicted.</summary>
public enum LearningTask
{
    /// <summary>A number.</summary>
    Regression,
}
