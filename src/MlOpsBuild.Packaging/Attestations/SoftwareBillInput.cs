using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Images;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>What a bill of materials lists.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Bundle">What the bundle says of itself.</param>
/// <param name="Model">The model.</param>
/// <param name="Server">What lies below the model; a base image's files are not known.</param>
public sealed record SoftwareBillInput(string Pipeline, int Version, BundleDescription Bundle, Digest Model, ImageServer Server);
