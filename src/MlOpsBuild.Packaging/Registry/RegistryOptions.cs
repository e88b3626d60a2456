namespace MlOpsBuild.Packaging.Registry;

/// <summary>How patiently and in which pieces a registry is talked to.</summary>
public sealed record RegistryOptions
{
    /// <summary>
    /// Blobs larger than this many bytes are uploaded in chunks of that size, or of the registry's minimum where that is larger.
    /// </summary>
    public long ChunkBytes { get; init; } = 8 << 20;

    /// <summary>
    /// Failures in a row, without one more byte arriving, after which an operation gives up. Work that goes on after each
    /// failure is not given up.
    /// </summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Pause after the first failure; doubled with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause that doubling leads to.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause a registry may ask for with Retry-After; when it asks for more, the operation ends and says so.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A connection on which nothing moves for so long counts as cut. Registries need a while to commit a large blob.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Seed of the jitter that keeps several builds from coming back at the same moment: give each process another.</summary>
    public ulong Seed { get; init; }
}
