namespace MlOpsBuild.TestKit;

/// <summary>A test beside scikit-learn; reported as skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScikitLearnFactAttribute : FactAttribute
{
    /// <summary>A test that asks <see cref="ScikitLearn"/>.</summary>
    public ScikitLearnFactAttribute() => Skip = ScikitLearn.IsThere ? null! : ScikitLearn.Missing;
}
