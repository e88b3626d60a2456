namespace MlOpsBuild.Packaging.Servers;

/// <summary>What is known of a native server, in a file beside it.</summary>
/// <param name="MadeOf">Names the sources that it was compiled from.</param>
/// <param name="Runtime">Version of .NET that is compiled into it.</param>
internal sealed record NativeServerFacts(string MadeOf, string Runtime)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "native.json";
}
