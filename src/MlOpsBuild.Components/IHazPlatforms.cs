namespace MlOpsBuild.Components;

/// <summary>A build whose images are for several kinds of machines.</summary>
public interface IHazPlatforms : INukeBuild
{
    /// <summary>The machines that images are for; this machine's kind where none is named.</summary>
    [Parameter(
        "With Package, SaveImage and PublishServer: the machines that images are for, linux/amd64 or linux/arm64 or both; this machine's kind by default")]
    string[]? Platforms => TryGetValue(() => Platforms);
}
