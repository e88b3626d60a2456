using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing;

/// <summary>A place outside this machine that keeps content by digest: a container registry.</summary>
public interface IBlobRemote
{
    /// <summary>What it is called in messages; holds no secret.</summary>
    string Name { get; }

    /// <summary>Sends a package, leaving out what is there already; the number of blobs that travelled.</summary>
    /// <exception cref="StageFailedException">It could not be sent, or what arrived is not what was sent.</exception>
    Task<int> SendAsync(BlobPackage package, CancellationToken cancellationToken);

    /// <summary>Fetches content to <paramref name="path"/>, verified; false when it is not there.</summary>
    /// <exception cref="StageFailedException">It could not be fetched, or it is not what its digest says.</exception>
    Task<bool> TryFetchAsync(Digest digest, string path, CancellationToken cancellationToken);
}
