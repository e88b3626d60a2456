namespace MlOpsBuild.Store.Sharing;

/// <summary>A fact to write, or to take away where there is no content.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Content">What it shall say.</param>
/// <param name="Was">The object id of what stood there when this was decided; null for nothing.</param>
internal sealed record JournaledFile(string Path, byte[]? Content, string? Was);
