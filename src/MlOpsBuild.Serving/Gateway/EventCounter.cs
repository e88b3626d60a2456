using System.Text.Json;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>Counts requests and bad events per epoch and arm; remembers recent predictions until their label comes.</summary>
internal sealed class EventCounter
{
    private const int Remembered = 100_000;
    private const int BadRequest = 400;
    private const int ServerError = 500;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Tally> _epochs = [];
    private readonly Dictionary<string, (Tally Tally, TrafficArm Arm, double Prediction)> _waiting = [];
    private readonly Queue<string> _order = new();

    public void Count(RouteTable routes, TrafficArm arm, string id, UpstreamAnswer answer, TimeSpan took)
    {
        // Wrong input says nothing about a version.
        if (answer.Status is >= BadRequest and < ServerError)
        {
            return;
        }

        var prediction = answer.Status < BadRequest ? PredictionOf(answer.Body) : null;
        lock (_gate)
        {
            if (!_epochs.TryGetValue(routes.Epoch, out var tally))
            {
                _epochs[routes.Epoch] = tally = new(routes.CanaryPercent / 100);
            }

            tally.Requests[(int)arm]++;
            tally.Add(arm, BadEvent.Error, answer.Status >= ServerError);
            tally.Add(arm, BadEvent.Slow, took.TotalMilliseconds > routes.Limits.SlowMilliseconds);
            tally.Add(arm, BadEvent.ContractViolation, answer.Status < BadRequest && prediction == null);
            if (prediction is { } value && _waiting.TryAdd(id, (tally, arm, value)))
            {
                _order.Enqueue(id);
                if (_order.Count > Remembered)
                {
                    _waiting.Remove(_order.Dequeue());
                }
            }
        }
    }

    /// <summary>False when the prediction is not known (any more).</summary>
    public bool Label(BadEventLimits limits, Feedback feedback)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(feedback.Id, out var waiting))
            {
                return false;
            }

            waiting.Tally.Labels[(int)waiting.Arm]++;
            waiting.Tally.Add(waiting.Arm, BadEvent.TooHigh, waiting.Prediction - feedback.Label > limits.OverBy);
            waiting.Tally.Add(waiting.Arm, BadEvent.TooLow, feedback.Label - waiting.Prediction > limits.UnderBy);
            return true;
        }
    }

    public IReadOnlyList<EpochCounts> Read()
    {
        lock (_gate)
        {
            return [.. _epochs.Select(epoch => new EpochCounts(epoch.Key, epoch.Value.CanaryShare, epoch.Value.Of(TrafficArm.Baseline), epoch.Value.Of(TrafficArm.Canary)))];
        }
    }

    private static double? PredictionOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<PredictionAnswer>(body.Span, Hosting.JsonAnswer.Strict) is { } answer && double.IsFinite(answer.Prediction) ? answer.Prediction : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Tally(double canaryShare)
    {
        private readonly Dictionary<BadEvent, int>[] _bad = [[], []];

        public double CanaryShare { get; } = canaryShare;

        public int[] Requests { get; } = new int[2];

        public int[] Labels { get; } = new int[2];

        public void Add(TrafficArm arm, BadEvent kind, bool happened)
        {
            if (happened)
            {
                _bad[(int)arm][kind] = _bad[(int)arm].GetValueOrDefault(kind) + 1;
            }
        }

        public ArmCounts Of(TrafficArm arm) => new(Requests[(int)arm], Labels[(int)arm], new Dictionary<BadEvent, int>(_bad[(int)arm]));
    }
}
