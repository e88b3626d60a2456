namespace MlOpsBuild.Packaging.Images;

/// <summary>What the image of a worker is made of: the build program itself, which runs a stage elsewhere.</summary>
/// <param name="Layers">Its layers, the lowest first.</param>
/// <param name="Command">The program.</param>
/// <param name="Architecture">The processor, in Go's words: amd64 or arm64.</param>
public sealed record WorkerImageInput(IReadOnlyList<ImageLayer> Layers, IReadOnlyList<string> Command, string Architecture);
