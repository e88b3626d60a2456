namespace MlOpsBuild.Store.Sharing;

/// <summary>A fact to write, or to take away where there is no content.</summary>
internal sealed record JournaledFile(string Path, byte[]? Content);
