namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>What is to be mirrored.</summary>
/// <param name="Pipelines">The pipelines whose versions and aliases are.</param>
/// <param name="Runs">
/// Names of the runs that are, beside those that wait; null for all of the pipelines, compared with what is there.
/// </param>
public sealed record MirrorScope(IReadOnlyList<string> Pipelines, IReadOnlyList<string>? Runs)
{
    /// <summary>Whether versions and aliases are mirrored as well.</summary>
    /// <value>They are.</value>
    public bool TakesVersions { get; init; } = true;
}
