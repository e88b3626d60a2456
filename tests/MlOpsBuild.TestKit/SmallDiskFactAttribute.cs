namespace MlOpsBuild.TestKit;

/// <summary>A test on a disk that fills up; reported as skipped, with the reason, where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    /// <summary>A test on <see cref="SmallDisk"/>.</summary>
    public SmallDiskFactAttribute() => Skip = SmallDisk.Missing!;

    /// <summary>Whether the test starts <see cref="DockerRegistry"/> too.</summary>
    public bool WithRegistry
    {
        get => false;
        init => Skip = value && DockerRegistry.Missing is { } missing ? missing : Skip;
    }
}
