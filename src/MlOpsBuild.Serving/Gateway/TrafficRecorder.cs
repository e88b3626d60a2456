using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>
/// Keeps what a judge needs: each request's answers while a version is on trial, and each label with the predictions it belongs to.
/// It counts nothing and judges nothing. What is not fetched in time, and predictions whose label does not come, are forgotten.
/// </summary>
internal sealed class TrafficRecorder(int remembered = TrafficRecorder.Remembered)
{
    private const int Remembered = 100_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Exchange?> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Queue<(long Position, TrafficObservation? Request, LabelObservation? Label)> _seen = new();
    private long _next = 1;

    /// <summary>Remembers a request that was answered, for its label.</summary>
    /// <param name="id">Its id; a label for an id that was used twice belongs to the first.</param>
    /// <param name="exchange">What its arms answer, while a version is on trial.</param>
    public void Remember(string id, Exchange? exchange)
    {
        lock (_gate)
        {
            if (_waiting.TryAdd(id, exchange))
            {
                _order.Enqueue(id);
                if (_order.Count > remembered)
                {
                    _waiting.Remove(_order.Dequeue());
                }
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
                TellLabel(exchange);
            }
        }
    }

    /// <summary>Takes a label; false when its prediction is not known (any more), or had its label already.</summary>
    public bool Label(string id, double label)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(id, out var exchange))
            {
                return false;
            }

            if (exchange != null)
            {
                exchange.Label = label;
                TellLabel(exchange);
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
            return new(generation, _next, Math.Max(0, first - Math.Max(from, 1)), [.. _seen.Select(seen => seen.Request).OfType<TrafficObservation>()], [.. _seen.Select(seen => seen.Label).OfType<LabelObservation>()]);
        }
    }

    // A label may come while the mirrored answer is still on its way.
    private void TellLabel(Exchange exchange)
    {
        if (exchange is { Label: { } label, Observation: { } observation })
        {
            Keep(null, new(label, observation.Baseline?.Prediction, observation.Canary?.Prediction));
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
