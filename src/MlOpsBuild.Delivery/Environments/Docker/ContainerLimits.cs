namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>
/// What one container may use. All its capabilities are dropped, its root is read-only, and it runs as a user without rights.
/// </summary>
public sealed record ContainerLimits
{
    internal const long Mebibyte = 1024 * 1024;

    /// <summary>Memory in MiB; the engine ends a container that wants more.</summary>
    /// <value>256.</value>
    public int MemoryMebibytes { get; init; } = 256;

    /// <summary>Processors; 0 leaves it to the engine.</summary>
    /// <value>2.</value>
    public double Processors { get; init; } = 2;

    /// <summary>Processes and threads.</summary>
    /// <value>256.</value>
    public int Threads { get; init; } = 256;
}
