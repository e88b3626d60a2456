namespace MlOpsBuild.TestKit;

/// <summary>A test against a real registry; reported as skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerRegistryFactAttribute : FactAttribute
{
    /// <summary>A test that starts <see cref="DockerRegistry"/>.</summary>
    public DockerRegistryFactAttribute() => Skip = DockerRegistry.Missing!;
}
