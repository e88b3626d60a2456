using System.Collections.Concurrent;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>Keeps lines of progress, and does something at the first one of a kind.</summary>
internal sealed class Heard(Func<string, bool>? when = null, Action? then = null) : IProgress<string>
{
    private readonly ConcurrentQueue<string> _lines = new();
    private int _done;

    public IEnumerable<string> Lines => _lines;

    public void Report(string value)
    {
        _lines.Enqueue(value);
        if (when?.Invoke(value) == true && Interlocked.Exchange(ref _done, 1) == 0)
        {
            then?.Invoke();
        }
    }
}
