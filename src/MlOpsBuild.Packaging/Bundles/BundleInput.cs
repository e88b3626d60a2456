using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Bundles;

/// <summary>What goes into a bundle.</summary>
/// <param name="Description">The manifest's config.</param>
/// <param name="Parts">Stored content of every part but the card, which is written here.</param>
/// <param name="Gates">Shown in the card.</param>
public sealed record BundleInput(
    BundleDescription Description, IReadOnlyDictionary<BundlePart, Artifact> Parts, IReadOnlyList<GateOutcome> Gates)
{
    /// <summary>What the model depends on, the most important first; shown in the card.</summary>
    public IReadOnlyList<CardDependence> DependsOn { get; init; } = [];
}
