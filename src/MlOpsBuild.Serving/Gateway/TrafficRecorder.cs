using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>
/// Keeps what a judge needs: each request's answers while a version is on trial, and each label with the predictions of its row.
/// It counts nothing and judges nothing. What is not fetched in time, and predictions whose label does not come, are forgotten.
/// </summary>
internal sealed class TrafficRecorder(int remembered = TrafficRecorder.Remembered)
{
    private const int Remembered = 100_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Exchange? Exchange, int Row)> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Queue<(long Position, TrafficObservation? Request, LabelObservation? Label)> _seen = new();
    private long _next = 1;

    /// <summary>Remembers a request that was answered, for its labels.</summary>
    /// <param name="id">Its id; a label for an id that was used twice belongs to the first.</param>
    /// <param name="exchange">What its arms answer, while a version is on trial.</param>
    /// <param name="rows">How many rows it asked for at once, each with an id of its own; null for one by itself.</param>
    public void Remember(string id, Exchange? exchange, int? rows = null)
    {
        lock (_gate)
        {
            for (var row = 0; row < (rows ?? 1); row++)
            {
                Remember(rows == null ? id : RequestId.OfRow(id, row), (exchange, row));
            }
        }
    }

    /// <summary>Takes an arm's answer.</summary>
    public void Answered(Exchange exchange, TrafficArm arm, UpstreamAnswer answer)
    {
        lock (_gate)
        {
            if (exchange.Take(arm, answer) && exchange.Conclude() is { } observation)
            {
                Keep(observation, null);
                TellLabels(exchange);
            }
        }
    }

    /// <summary>Takes a label; false when its prediction is not known (any more), or had its label already.</summary>
    public bool Label(string id, double label)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(id, out var waiting))
            {
                return false;
            }

            if (waiting.Exchange is { } exchange)
            {
                exchange.Label(waiting.Row, label);
                TellLabels(exchange);
            }

            return true;
        }
    }

    /// <summary>What was seen from position <paramref name="from"/> on; what came before is forgotten.</summary>
    public TrafficBatch Read(long generation, long from)
    {
        lock (_gate)
        {
            while (_seen.TryPeek(out var oldest) && oldest.Position < from)
            {
                _seen.Dequeue();
            }

            var first = _seen.TryPeek(out var kept) ? kept.Position : _next;
            return new(
                generation, _next, Math.Max(0, first - Math.Max(from, 1)),
                [.. _seen.Select(seen => seen.Request).OfType<TrafficObservation>()],
                [.. _seen.Select(seen => seen.Label).OfType<LabelObservation>()]);
        }
    }

    private void Remember(string id, (Exchange? Exchange, int Row) prediction)
    {
        if (_waiting.TryAdd(id, prediction))
        {
            _order.Enqueue(id);
            if (_order.Count > remembered)
            {
                _waiting.Remove(_order.Dequeue());
            }
        }
    }

    private void TellLabels(Exchange exchange)
    {
        foreach (var label in exchange.TakeLabels())
        {
            Keep(null, label);
        }
    }

    private void Keep(TrafficObservation? request, LabelObservation? label)
    {
        _seen.Enqueue((_next++, request, label));
        if (_seen.Count > remembered)
        {
            _seen.Dequeue();
        }
    }
}
