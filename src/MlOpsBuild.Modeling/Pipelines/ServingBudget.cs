namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What a served version may cost; what is null is not looked at.</summary>
public sealed record ServingBudget
{
    /// <summary>99 % of the answers are to come within this time, under a bounded load: four callers, one row each.</summary>
    public TimeSpan? P99 { get; init; }

    /// <summary>Most memory that the server may have held by then, in MiB.</summary>
    public int? MemoryMebibytes { get; init; }

    /// <summary>Time from the start of its process, or of its container, to its first answer.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>Size of all layers of its container image, in MB.</summary>
    public int? ImageMegabytes { get; init; }

    /// <summary>Whether a load has to be made to know.</summary>
    public bool NeedsLoad => P99 != null || MemoryMebibytes != null;
}
