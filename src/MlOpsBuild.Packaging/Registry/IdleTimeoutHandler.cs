namespace MlOpsBuild.Packaging.Registry;

/// <summary>Takes a connection on which nothing moves for cut, while a request is sent, awaited or its answer is read.</summary>
internal sealed class IdleTimeoutHandler(HttpMessageHandler inner, TimeSpan limit) : DelegatingHandler(inner)
{
    private const int BufferBytes = 128 << 10;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var watch = new IdleWatch(limit, cancellationToken);
        try
        {
            request.Content = await WithAsync(request.Content, body => new HeardStream(body, watch), watch.Token);
            var response = await base.SendAsync(request, watch.Token);
            response.Content = await WithAsync(response.Content, body => new GuardedStream(body, limit), watch.Token);
            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Without silence it is the handler's own limit for connecting.
            throw watch.TimedOut ? watch.Failure : new TransientFailureException("no connection in time", answered: false);
        }
    }

    private static async Task<HttpContent?> WithAsync(HttpContent? content, Func<Stream, Stream> wrap, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return null;
        }

        var wrapped = new StreamContent(wrap(await content.ReadAsStreamAsync(cancellationToken)), BufferBytes);
        foreach (var (name, values) in content.Headers)
        {
            wrapped.Headers.TryAddWithoutValidation(name, values);
        }

        return wrapped;
    }

    /// <summary>A request's body: when more of it is wanted, the connection took what came before.</summary>
    private sealed class HeardStream(Stream body, IdleWatch watch) : ForwardStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            watch.Heard();
            return body.ReadAsync(buffer, cancellationToken);
        }
    }

    /// <summary>An answer's body, of which the next part must not be too long in coming.</summary>
    private sealed class GuardedStream(Stream body, TimeSpan limit) : ForwardStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var watch = new IdleWatch(limit, cancellationToken);
            try
            {
                return await body.ReadAsync(buffer, watch.Token);
            }
            catch (OperationCanceledException) when (watch.TimedOut)
            {
                throw watch.Failure;
            }
        }

        protected override void Dispose(bool disposing)
        {
            body.Dispose();
            base.Dispose(disposing);
        }
    }
}
