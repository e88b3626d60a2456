namespace MlOpsBuild.TestKit;

/// <summary>A test with Debian's XGBoost; reported as skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class XGBoostFactAttribute : FactAttribute
{
    /// <summary>A test that runs it.</summary>
    public XGBoostFactAttribute() => Skip = File.Exists("/usr/lib/python3/dist-packages/xgboost/__init__.py")
        ? null!
        : "python3-xgboost is not installed: ./build.sh SetUp installs it on Debian and Ubuntu only";
}
