namespace MlOpsBuild.Components.Flow;

/// <summary>How an image is made.</summary>
/// <param name="Base">The image to build on, <c>REF@sha256:DIGEST</c>; null for this machine's C library.</param>
internal sealed record ImageChoices(string? Base);
