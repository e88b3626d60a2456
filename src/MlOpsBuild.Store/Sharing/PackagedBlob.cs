using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing;

/// <summary>A blob in a package.</summary>
/// <param name="Content">Where it is in the store.</param>
/// <param name="Title">The file name it was written under, where it has one; tells its media type.</param>
public sealed record PackagedBlob(Artifact Content, string? Title);
