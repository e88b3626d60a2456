namespace MlOpsBuild.TestKit;

/// <summary>A test that needs the command line of Kubernetes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlFactAttribute : FactAttribute
{
    /// <summary>Skipped with the reason where it is not installed.</summary>
    public KubectlFactAttribute() => Skip = ProgramOnPath.Find("kubectl") is null ? "kubectl is not installed" : null!;
}
