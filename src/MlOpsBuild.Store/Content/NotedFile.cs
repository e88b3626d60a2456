namespace MlOpsBuild.Store.Content;

/// <summary>A record, and what is noted of it.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Note">The note; null where nothing could be noted.</param>
public sealed record NotedFile(string Path, string? Note);
