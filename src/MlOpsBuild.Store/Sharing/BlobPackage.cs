using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing;

/// <summary>Blobs that one fact names, kept together under a name so that a registry does not collect them.</summary>
/// <param name="Name">The name, usable as a tag.</param>
/// <param name="Kind">The kind of fact, for example <c>stage</c>.</param>
/// <param name="Blobs">The blobs, all in the store.</param>
/// <param name="Manifest">The blob that is an OCI manifest over the others, where there is one.</param>
public sealed record BlobPackage(string Name, string Kind, IReadOnlyList<PackagedBlob> Blobs, Artifact? Manifest);
