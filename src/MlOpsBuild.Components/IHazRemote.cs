namespace MlOpsBuild.Components;

/// <summary>A build whose state a team shares.</summary>
public interface IHazRemote : INukeBuild
{
    /// <summary><c>git</c> for the project's own origin, an address, or <c>none</c>.</summary>
    [Parameter("Shares state with the team on a branch: git (the project's origin), an address, or none (the default)")]
    string? Remote => TryGetValue(() => Remote);

    /// <summary>The branch that holds the state.</summary>
    [Parameter("The branch that holds the team's state; mlops/state by default")]
    string? RemoteBranch => TryGetValue(() => RemoteBranch);

    /// <summary>A container registry for blobs of any size.</summary>
    [Parameter("A container registry for models and data, as host/repository; without one, blobs up to --blob-limit travel on the branch")]
    string? Registry => TryGetValue(() => Registry);

    /// <summary>Largest blob that travels on the branch.</summary>
    [Parameter("Largest blob that travels on the branch, for example 512KiB or 5MiB; 1MiB by default")]
    string? BlobLimit => TryGetValue(() => BlobLimit);
}
