using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Images;

/// <summary>What an image is made of.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Bundle">The bundle that it serves.</param>
/// <param name="Layers">Its layers, the lowest first.</param>
/// <param name="Architecture">The processor, in Go's words: amd64 or arm64.</param>
public sealed record ImageInput(string Pipeline, int Version, Digest Bundle, IReadOnlyList<ImageLayer> Layers, string Architecture)
{
    /// <summary>What runs in the container, before what it is told.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Port for predictions in the container.</summary>
    public required int Port { get; init; }

    /// <summary>Variables that the server reads, as <c>NAME=value</c>.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>What else it says of itself: where its sources are, of which commit they are, what it stands on.</summary>
    /// <value>Nothing.</value>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
