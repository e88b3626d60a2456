namespace MlOpsBuild.Data.Sources;

/// <summary>A file of a source.</summary>
/// <param name="Path">Where it can be read.</param>
/// <param name="Name">How people call it: a cache keeps files under other names, and the ending tells how a file is written.</param>
public sealed record SourceFile(string Path, string Name)
{
    /// <summary>A file under its own name.</summary>
    internal static SourceFile At(string path) => new(path, System.IO.Path.GetFileName(path));
}
