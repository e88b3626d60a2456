using MlOpsBuild.Components.Flow;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Components.Jobs;

/// <summary>
/// What jobs read and give, between a store and the registry, by digest: one transfer at a time, since a registry's client knows what it
/// sent.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="registry">The registry.</param>
internal sealed class JobContent(RunSession session, string registry) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly RegistryBlobRemote _remote = RegistryBlobRemote.Open(
        ImageTransfer.PlaceOf(registry, WorkerImages.Place), session.Environment, session.Time, session.Output.Mask);

    /// <summary>Sends content that is in the store, as far as the registry lacks it.</summary>
    /// <param name="package">The content, and under which tag it is kept.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    public Task SendAsync(BlobPackage package, CancellationToken cancellationToken) =>
        InTurnAsync(() => _remote.SendAsync(package, cancellationToken), cancellationToken);

    /// <summary>Brings content that the store lacks into it.</summary>
    /// <exception cref="StageFailedException">The registry has not got it.</exception>
    public Task FetchAsync(IEnumerable<Digest> digests, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        foreach (var digest in digests)
        {
            if (!await session.Store.Blobs.IsUnchangedAsync(digest, cancellationToken)
                && !await _remote.TryFetchAsync(digest, session.Store.Blobs.PathOf(digest), cancellationToken))
            {
                throw new StageFailedException(new Finding(
                    "MLB7176", "What a job reads or gives is not in the registry", _remote.Name, digest.ToString(), "its content",
                    "run it again; look whether the registry collects what is new"));
            }
        }
    }, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        _turn.Dispose();
        _remote.Dispose();
    }

    private async Task InTurnAsync(Func<Task> transfer, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await transfer();
        }
        finally
        {
            _turn.Release();
        }
    }
}
