using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Predictions;

/// <summary>
/// Keeps what was predicted, and what really happened once that is known. No answer waits for it: requests are taken down and written by
/// a task of its own; what it cannot keep up with is counted and left out. Labels are never left out.
/// </summary>
internal sealed class PredictionLog : IAsyncDisposable
{
    private const int Overhead = 1024;
    private const long MostBytesWaiting = 16 * 1024 * 1024;
    private const int Batch = 4 * 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Complaint = TimeSpan.FromMinutes(1);
    private readonly Channel<LoggedRequest> _waiting = Channel.CreateUnbounded<LoggedRequest>(new() { SingleReader = true });
    private readonly LogFiles _files;
    private readonly LogLines _lines;
    private readonly TimeProvider _time;
    private readonly ServerLog _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _writing;
    private long _bytes;
    private long _left;
    private long _complained = long.MinValue;

    /// <summary>A log that writes until it is disposed.</summary>
    /// <param name="place">Where, and how much.</param>
    /// <param name="secret">Key of the hashes of personal data.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where it tells what goes wrong.</param>
    public PredictionLog(PredictionLogPlace place, string secret, TimeProvider time, ServerLog log)
    {
        (_files, _time, _log) = (new(place), time, log);
        _lines = new(
            SHA256.HashData(Encoding.UTF8.GetBytes("prediction log " + secret)),
            (version, prediction) => Told?.Invoke(version, prediction.Value));
        _writing = Task.Run(() => WriteAsync(_stopping.Token));
    }

    /// <summary>Told the version and the value of each prediction that is kept, when no caller waits for it any more.</summary>
    /// <value>null: nobody wants to know.</value>
    public Action<int, double>? Told { get; set; }

    /// <summary>Predictions that could not be kept.</summary>
    public long LeftOut => Interlocked.Read(ref _left);

    /// <summary>Takes down an answer of <paramref name="version"/>.</summary>
    public void Answered(
        string id, RouteTable routes, int version, byte[] body, UpstreamAnswer answer, IReadOnlyList<LookedUp?>? lookups = null)
    {
        if (!LoggedId.IsKept(id, routes.Log.SharePercent))
        {
            return;
        }

        if (Interlocked.Read(ref _bytes) > MostBytesWaiting)
        {
            Interlocked.Increment(ref _left);
            return;
        }

        Interlocked.Add(ref _bytes, body.Length + Overhead);
        _waiting.Writer.TryWrite(new(_time.GetUtcNow(), id, routes, version, body, answer) { Lookups = lookups });
    }

    /// <summary>Whether a prediction is kept, or may be, that has no label yet.</summary>
    public bool Waits(string id) => _files.Waits(LoggedId.Of(id));

    /// <summary>Takes down a label.</summary>
    public void Labelled(string id, RouteTable routes, double label) =>
        _waiting.Writer.TryWrite(new(_time.GetUtcNow(), id, routes, 0, [], null, label));

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _stopping.CancelAsync();
        await _writing;
        _files.Dispose();
        _lines.Dispose();
        _stopping.Dispose();
    }

    private async Task WriteAsync(CancellationToken stopping)
    {
        Guarded(() => _files.ReadEarlier(stopping), "of earlier processes cannot be read");
        var lines = new ArrayBufferWriter<byte>();
        var ids = new List<ulong>();

        // What was taken down is written, also when the gateway stops.
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var labelled = new List<ulong>();
            var taken = 0;
            while (lines.WrittenCount < Batch && _waiting.Reader.TryRead(out var request))
            {
                taken++;
                if (request.Answer == null)
                {
                    _lines.WriteLabel(lines, request);
                    labelled.Add(LoggedId.Of(request.Id));
                }
                else
                {
                    Interlocked.Add(ref _bytes, -request.Body.Length - Overhead);
                    _lines.Write(lines, request, ids);
                }
            }

            if (!Guarded(() => _files.Append(lines.WrittenSpan, ids), "cannot be written"))
            {
                Interlocked.Add(ref _left, taken);
            }

            labelled.ForEach(_files.Label);
            lines.ResetWrittenCount();
            ids.Clear();

            // To be woken by every single request would cost callers more than all the writing.
            await Task.Delay(Pause, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A full disk must not end what serves; it is told once a minute.
    private bool Guarded(Action write, string problem)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            if (_complained == long.MinValue || _time.GetElapsedTime(_complained) > Complaint)
            {
                _complained = _time.GetTimestamp();
                _log.Write($"predictions {problem}: {failure.Message}");
            }

            return false;
        }
    }
}
