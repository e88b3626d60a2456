namespace MlOpsBuild.TestKit;

/// <summary>A test beside scikit-learn; reported as skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScikitLearnFactAttribute : FactAttribute
{
    private bool _readsRealData;

    /// <summary>A test that asks <see cref="ScikitLearn"/>.</summary>
    public ScikitLearnFactAttribute() => Skip = ScikitLearn.IsThere ? null! : ScikitLearn.Missing;

    /// <summary>Whether it reads <see cref="RealData.HourFile"/> as well.</summary>
    public bool ReadsRealData
    {
        get => _readsRealData;
        set
        {
            _readsRealData = value;
            Skip = Skip == null && value && RealData.HourFile is null ? RealData.Missing : Skip!;
        }
    }
}
