using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Images;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>What a bill of materials lists.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Bundle">What the bundle says of itself.</param>
/// <param name="Model">The model.</param>
/// <param name="Runtime">Version of the runtime.</param>
/// <param name="Layers">Files of the layers <c>base</c>, <c>runtime</c> and <c>server</c>, by the layer's name; a base image's files are not known.</param>
public sealed record SoftwareBillInput(string Pipeline, int Version, BundleDescription Bundle, Digest Model, string Runtime, IReadOnlyDictionary<string, IReadOnlyList<LayerEntry>> Layers);
