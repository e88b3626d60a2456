using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;

namespace MlOpsBuild.Packaging.Bundles;

/// <summary>
/// Writes a bundle's manifest, description and card; the other parts are in the store already. Equal inputs give equal bytes.
/// </summary>
public sealed class BundleStage : Stage<BundleInput, Digest>
{
    /// <summary>Artifact type of a bundle.</summary>
    public const string ArtifactType = "application/vnd.mlopsbuild.bundle.v1";

    /// <inheritdoc />
    public override string Name => "package";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(BundleInput input) =>
    [
        StageInput.Of("description", input.Description),
        StageInput.Of("gates", input.Gates),
        StageInput.Of("depends on", input.DependsOn),
        .. input.Parts.OrderBy(part => part.Key)
            .Select(part => new StageInput(part.Key.ToString().ToLowerInvariant(), part.Value.Digest.ToString())),
    ];

    /// <inheritdoc />
    public override async Task<Digest> RunAsync(
        BundleInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var card = Encoding.UTF8.GetBytes(ModelCard.Write(input.Description, input.Gates, input.DependsOn));
        var description = CanonicalJson.Serialize(input.Description);
        var layers = input.Parts.OrderBy(part => part.Key)
            .Select(part => Layer(part.Key, part.Value.Digest, new FileInfo(part.Value.Path).Length))
            .Append(Layer(BundlePart.Card, Digest.Of(card), card.Length)).ToList();
        var manifest = CanonicalJson.Serialize(new OciManifest(
            2, OciManifest.ManifestType, ArtifactType,
            new("application/vnd.mlopsbuild.description.v1+json", Digest.Of(description), description.Length),
            layers,
            new Dictionary<string, string> { [OciAnnotation.Title] = input.Description.Pipeline }));
        await File.WriteAllBytesAsync(Path.Combine(outputDirectory, "card.md"), card, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(outputDirectory, "description.json"), description, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(outputDirectory, "manifest.json"), manifest, cancellationToken);
        return Digest.Of(manifest);
    }

    internal static string MediaTypeOf(BundlePart part) => part switch
    {
        BundlePart.Card => "text/markdown",
        BundlePart.Rows => "application/vnd.mlopsbuild.rows.v1+jsonl",
        _ => $"application/vnd.mlopsbuild.{part.ToString().ToLowerInvariant()}.v1+json",
    };

    private static OciDescriptor Layer(BundlePart part, Digest digest, long size) =>
        new(MediaTypeOf(part), digest, size, new Dictionary<string, string> { [OciAnnotation.Title] = part.ToString().ToLowerInvariant() });
}
