namespace MlOpsBuild.Core;

/// <summary>Content with its name and the place where it can be read now.</summary>
/// <param name="Digest">The content's digest; what stage keys use.</param>
/// <param name="Path">A readable file with that content; never part of a key.</param>
public sealed record Artifact(Digest Digest, string Path)
{
    /// <summary>How people call it.</summary>
    /// <value>The name of the file.</value>
    public string Name { get => field ?? System.IO.Path.GetFileName(Path); init; }
}
