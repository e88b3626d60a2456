namespace MlOpsBuild.Store.Git;

/// <summary>A file to write on the state branch, or to take away where <paramref name="Content"/> is null.</summary>
internal sealed record TreeChange(string Path, byte[]? Content);
