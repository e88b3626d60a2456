namespace MlOpsBuild.Packaging.Images;

/// <summary>What an image runs, the server below a model or a worker, and what that needs.</summary>
/// <param name="Command">What runs in the container.</param>
/// <param name="Runtime">Version of .NET that it runs on, or that is compiled into it.</param>
/// <param name="Layers">Files of the layers by their names, the lowest first; without the base where the image
/// stands on another one.</param>
public sealed record ImageServer(
    IReadOnlyList<string> Command, string Runtime, IReadOnlyList<KeyValuePair<string, IReadOnlyList<LayerEntry>>> Layers)
{
    /// <summary>The layer of the system's libraries.</summary>
    public const string BaseLayer = "base";

    /// <summary>The layer of .NET.</summary>
    public const string RuntimeLayer = "runtime";

    /// <summary>The layer of the server program.</summary>
    public const string ServerLayer = "server";

    /// <summary>Of a native program: the assemblies that it was compiled from. They are no files of the image.</summary>
    /// <value>None.</value>
    public IReadOnlyList<LayerEntry> Compiled { get; init; } = [];

    /// <summary>Which server it is, in words.</summary>
    public string Describe() => Compiled.Count > 0 ? $"native server (.NET {Runtime})" : $"server on .NET {Runtime}";
}
