namespace MlOpsBuild.Components;

/// <summary>A build that starts model servers.</summary>
public interface IHazServer : IHazPipelines
{
    /// <summary>Folder of the server program; the one beside the build program by default.</summary>
    [Parameter("Folder of the server program; the one beside the build program by default")]
    AbsolutePath? Server => TryGetValue(() => Server);
}
