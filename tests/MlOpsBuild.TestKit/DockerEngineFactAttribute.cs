namespace MlOpsBuild.TestKit;

/// <summary>A test that needs Debian's Docker engine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerEngineFactAttribute : FactAttribute
{
    /// <summary>Skipped with the reason where the engine cannot be started.</summary>
    public DockerEngineFactAttribute() => Skip = DockerEngine.Missing!;
}
