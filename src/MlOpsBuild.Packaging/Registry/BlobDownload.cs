using System.Net;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>One blob on its way out of the registry, over as many attempts as that takes.</summary>
internal sealed class BlobDownload(RegistryTransport transport, RegistryAddress address, Digest digest, PartialFile file)
{
    private readonly byte[] _buffer = new byte[128 << 10];
    private bool _joined;

    /// <summary>The most bytes that arrived in one go or in pieces.</summary>
    public long Reached { get; private set; }

    /// <summary>Goes on from where the last attempt ended; false when the registry does not have the blob.</summary>
    /// <exception cref="StageFailedException">The registry refuses or has other content, or the file cannot be written.</exception>
    public async Task<bool> AttemptAsync(CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, address.Resource($"blobs/{digest}"), RegistryRequest.Pull) { From = file.Length };
        using var response = await transport.SendAsync(request, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound:
                return false;
            case HttpStatusCode.OK:
                StartAgain();
                break;
            case HttpStatusCode.PartialContent when file.Length > 0 && response.Content.Headers.ContentRange?.From == file.Length:
                _joined = true;
                break;
            case HttpStatusCode.PartialContent:
                StartAgain();
                throw new TransientFailureException("206 with another range than asked for", answered: true);
            case HttpStatusCode.RequestedRangeNotSatisfiable when file.Length > 0:
                // Either nothing is missing, or there is more than there should be. The body of such an answer is often broken.
                _joined = true;
                return Verify(request);
            default:
                throw await transport.Refusals.ReadAsync(request, response, cancellationToken);
        }

        await CopyAsync(response, cancellationToken);
        return Verify(request);
    }

    private async Task CopyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (await body.ReadAsync(_buffer, cancellationToken) is > 0 and var count)
        {
            await file.AppendAsync(_buffer.AsMemory(0, count), cancellationToken);
            Reached = Math.Max(Reached, file.Length);
        }
    }

    private bool Verify(RegistryRequest request)
    {
        var actual = file.Sum();
        if (actual == digest)
        {
            return true;
        }

        // Pieces may have been joined wrongly, which a whole answer settles.
        if (_joined)
        {
            StartAgain();
            throw new TransientFailureException("pieces that do not make up the blob", answered: true);
        }

        throw transport.Refusals.Wrong(
            request, "The registry's blob is not what its digest names", actual.ToString(), digest.ToString(),
            "push the blob again after removing it there; nothing was written here");
    }

    private void StartAgain()
    {
        _joined = false;
        file.Restart();
    }
}
