using System.Globalization;
using System.Net;
using Microsoft.Win32.SafeHandles;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>One blob on its way into the registry, over as many attempts as that takes.</summary>
internal sealed class BlobUpload(
    RegistryTransport transport, RegistryAddress address, RegistryOptions options, Digest digest, string path, SafeFileHandle file,
    IProgress<long>? progress)
{
    // A first chunk of one byte could not be told from nothing, see UploadSession.
    private const int SmallestChunk = 2;
    private readonly long _length = RandomAccess.GetLength(file);
    private long _chunk = Math.Max(options.ChunkBytes, SmallestChunk);
    private UploadSession? _session;
    private bool _committing;
    private bool _unsure;

    /// <summary>The most bytes that any session took.</summary>
    public long Reached { get; private set; }

    /// <summary>Goes on from where the last attempt ended.</summary>
    /// <exception cref="StageFailedException">The registry refuses, or the file cannot be read or is another one.</exception>
    public async Task<bool> AttemptAsync(CancellationToken cancellationToken)
    {
        // It may be the answer to the last commit that was lost; then the session is gone and the blob is there.
        if (_committing && await transport.HasBlobAsync(digest, RegistryRequest.Push, cancellationToken))
        {
            return true;
        }

        var session = await AskAsync(cancellationToken) ?? await StartAsync(cancellationToken);
        try
        {
            while (session.Offset < _length && !IsWhole(session))
            {
                session = await SendChunkAsync(session, cancellationToken);
            }

            await CommitAsync(session, cancellationToken);
            return true;
        }
        catch (StageFailedException)
        {
            await AbandonAsync(session, cancellationToken);
            throw;
        }
    }

    private bool IsWhole(UploadSession session) => session.Offset == 0 && _length <= _chunk;

    // After a cut nobody knows how much arrived but the registry.
    private async Task<UploadSession?> AskAsync(CancellationToken cancellationToken)
    {
        if (_session is null || !_unsure)
        {
            return _session;
        }

        var request = new RegistryRequest(HttpMethod.Get, _session.Location, RegistryRequest.Push);
        using var response = await transport.SendAsync(request, cancellationToken);
        var has = response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.Accepted;
        if (has && UploadSession.Received(response.Headers) is { } received && received <= _length)
        {
            return Enter(request, response, received);
        }

        // docker-registry 2.8 answers 404 to every session that was cut within a chunk: it has more bytes than its location says.
        if (!has
            && response.StatusCode is not (HttpStatusCode.NotFound
                or HttpStatusCode.BadRequest
                or HttpStatusCode.RequestedRangeNotSatisfiable))
        {
            throw await transport.Refusals.ReadAsync(request, response, cancellationToken);
        }

        Lose();
        return null;
    }

    private async Task<UploadSession> StartAsync(CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Post, address.Resource("blobs/uploads/"), RegistryRequest.Push);
        using var response = await transport.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            throw await transport.Refusals.ReadAsync(request, response, cancellationToken);
        }

        if (response.Headers.TryGetValues("OCI-Chunk-Min-Length", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var least))
        {
            _chunk = Math.Max(_chunk, least);
        }

        return Enter(request, response, 0);
    }

    private async Task<UploadSession> SendChunkAsync(UploadSession session, CancellationToken cancellationToken)
    {
        var count = Math.Min(_chunk, _length - session.Offset);
        var request = new RegistryRequest(HttpMethod.Patch, session.Location, RegistryRequest.Push)
        {
            Content = () => Body(session.Offset, count),
        };
        _unsure = true;
        using var response = await transport.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            var received = UploadSession.Received(response.Headers) ?? session.Offset + count;
            return received > session.Offset && received <= session.Offset + count
                ? Enter(request, response, received)
                : throw Lost($"202 and a range that ends at {received} after {session.Offset}+{count} bytes");
        }

        throw response.StatusCode switch
        {
            HttpStatusCode.NotFound => Lost("404 for an upload under way: the registry lost it"),
            HttpStatusCode.RequestedRangeNotSatisfiable => OutOfRange(session),
            _ => await transport.Refusals.ReadAsync(request, response, cancellationToken),
        };
    }

    private async Task CommitAsync(UploadSession session, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Put, session.Commit(digest.ToString()), RegistryRequest.Push)
        {
            Content = () => Body(session.Offset, _length - session.Offset),
        };
        (_unsure, _committing) = (true, true);
        using var response = await transport.SendAsync(request, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.NoContent:
                Reached = _length;
                progress?.Report(_length);
                return;
            case HttpStatusCode.NotFound:
                throw Lost("404 for an upload under way: the registry lost it");
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                throw OutOfRange(session);
        }

        var refusal = await transport.Refusals.ReadAsync(request, response, cancellationToken);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            await CheckFileAsync(cancellationToken);
            if (refusal.Message.Contains("DIGEST_INVALID", StringComparison.Ordinal))
            {
                throw Lost("400 DIGEST_INVALID: the blob was changed on its way");
            }
        }

        throw refusal;
    }

    private StreamContent Body(long start, long count)
    {
        var content = new StreamContent(new FileSection(file, path, start, count));
        content.Headers.ContentLength = count;
        content.Headers.ContentType = new("application/octet-stream");
        if (count > 0 && count < _length)
        {
            content.Headers.TryAddWithoutValidation(
                "Content-Range", string.Create(CultureInfo.InvariantCulture, $"{start}-{start + count - 1}"));
        }

        return content;
    }

    private UploadSession Enter(RegistryRequest request, HttpResponseMessage response, long offset)
    {
        var location = response.Headers.TryGetValues("Location", out var values) ? values.First() : _session?.Location.OriginalString;
        if (location is null)
        {
            throw transport.Refusals.Wrong(
                request, "The registry opens an upload and does not say where", null, "a Location header",
                "check the proxy before the registry, or the registry itself");
        }

        (_session, _unsure, _committing) = (new(transport.Resolve(request, request.Address, location), offset), false, false);
        Reached = Math.Max(Reached, offset);
        progress?.Report(offset);
        return _session;
    }

    // Elsewhere than at the start, asking settles it. At the start it is the byte that "0-0" did not tell.
    private TransientFailureException OutOfRange(UploadSession session)
    {
        const string Kind = "416 for a chunk: the registry has another part of the blob";
        return session.Offset == 0 ? Lost(Kind) : new(Kind, answered: true);
    }

    private TransientFailureException Lost(string kind)
    {
        Lose();
        return new(kind, answered: true);
    }

    private void Lose() => (_session, _unsure, _committing) = (null, false, false);

    private async Task CheckFileAsync(CancellationToken cancellationToken)
    {
        await using var content = new FileSection(file, path, 0, _length);
        var actual = await Digest.OfAsync(content, cancellationToken);
        if (actual != digest)
        {
            throw new StageFailedException(new Finding(
                "MLB3015", "The file to push is not the blob its digest names", path, actual.ToString(), digest.ToString(),
                "make the file anew; nothing was added to the registry"));
        }
    }

    // Out of politeness, and once: a session that is left alone is swept by the registry in time.
    private async Task AbandonAsync(UploadSession session, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await transport.SendAsync(
                new(HttpMethod.Delete, (_session ?? session).Location, RegistryRequest.Push), cancellationToken);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or StageFailedException)
        {
            // The failure that led here is the one to tell.
        }
    }
}
