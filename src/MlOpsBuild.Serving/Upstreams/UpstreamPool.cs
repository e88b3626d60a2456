namespace MlOpsBuild.Serving.Upstreams;

/// <summary>Connections to one model server that wait for their next request; the one used last goes first.</summary>
internal sealed class UpstreamPool : IDisposable
{
    private const int MostKept = 256;
    private readonly Stack<UpstreamConnection> _idle = new();
    private bool _closed;

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out UpstreamConnection? connection)
    {
        lock (_idle)
        {
            return _idle.TryPop(out connection);
        }
    }

    /// <summary>Keeps a connection that can be used again, and closes any other.</summary>
    public void GiveBack(UpstreamConnection connection)
    {
        lock (_idle)
        {
            if (connection.Reusable && !_closed && _idle.Count < MostKept)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    public void Dispose()
    {
        lock (_idle)
        {
            _closed = true;
            while (_idle.TryPop(out var connection))
            {
                connection.Dispose();
            }
        }
    }
}
