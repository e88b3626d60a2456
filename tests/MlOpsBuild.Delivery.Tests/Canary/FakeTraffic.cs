using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>
/// Seeded traffic: each look finds some more requests, split by the weight in force, answered by models with normal errors.
/// </summary>
internal sealed class FakeTraffic(ulong seed, int requestsPerLook) : ICanaryTraffic
{
    private const double LooksPerSecond = 2;
    private readonly SplitMix64 _random = new(seed);
    private long _position = 1;

    /// <summary>Weights in the order they were set; −1 where the canary was ended.</summary>
    public List<double> Weights { get; } = [];

    /// <summary>Rate of a kind of bad answer in an arm.</summary>
    public Func<TrafficArm, BadEvent, double> Rate { get; init; } = (_, _) => 0;

    /// <summary>Answer time in milliseconds of an arm in a second.</summary>
    public Func<TrafficArm, long, double> Time { get; init; } = (_, _) => 2;

    /// <summary>Errors of both arms for one request: prediction minus label.</summary>
    public Func<SplitMix64, (double Champion, double Candidate)> Errors { get; init; } = random => Correlated(random, 0.9, 1, 0);

    /// <summary>Called before each read with the number of reads so far.</summary>
    public Action<int> BeforeRead { get; init; } = _ => { };

    /// <summary>Share of requests with a label, by arm that served.</summary>
    public Func<TrafficArm, double> Labelled { get; init; } = _ => 1;

    /// <summary>Whether the other arm answers each request, too.</summary>
    public bool Mirrored { get; init; } = true;

    /// <summary>Whether there is no champion.</summary>
    public bool Alone { get; init; }

    /// <summary>Looks after which nothing comes any more.</summary>
    public int SilentAfter { get; init; } = int.MaxValue;

    /// <summary>Calls of <see cref="SetCanaryAsync"/> after which somebody else owns the routes.</summary>
    public int OwnedFor { get; init; } = int.MaxValue;

    public int Reads { get; private set; }

    /// <summary>Normal errors that correlate; the candidate's are stretched, the champion's drifted.</summary>
    public static (double Champion, double Candidate) Correlated(SplitMix64 random, double correlation, double stretch, double drift)
    {
        var champion = random.NextNormal();
        return (
            champion + drift, stretch * ((correlation * champion) + (Math.Sqrt(1 - (correlation * correlation)) * random.NextNormal())));
    }

    public Task<bool> SetCanaryAsync(double percent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Weights.Count >= OwnedFor)
        {
            return Task.FromResult(false);
        }

        Weights.Add(percent);
        return Task.FromResult(true);
    }

    public Task<bool> EndAsync(CancellationToken cancellationToken)
    {
        Weights.Add(-1);
        return Task.FromResult(true);
    }

    public Task<TrafficBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeRead(Reads);
        var (requests, labels) = (new List<TrafficObservation>(), new List<LabelObservation>());
        for (var i = 0; Reads < SilentAfter && i < requestsPerLook; i++)
        {
            Serve(Weights[^1] / 100, requests, labels);
        }

        Reads++;
        _position += requests.Count;
        return Task.FromResult<TrafficBatch?>(new(1, _position, 0, requests, labels));
    }

    private void Serve(double share, List<TrafficObservation> requests, List<LabelObservation> labels)
    {
        var second = (long)(Reads / LooksPerSecond);
        var served = _random.NextDouble() < share ? TrafficArm.Canary : TrafficArm.Baseline;
        var (champion, candidate) = Errors(_random);
        var baseline = !Alone && (Mirrored || served == TrafficArm.Baseline) ? Answer(TrafficArm.Baseline, champion, second) : null;
        var canary = Mirrored || served == TrafficArm.Canary ? Answer(TrafficArm.Canary, candidate, second) : null;
        requests.Add(new(share, second, served, baseline, canary));
        if (_random.NextDouble() < Labelled(served))
        {
            labels.Add(new(0, baseline?.Prediction, canary?.Prediction));
        }
    }

    private ArmAnswer Answer(TrafficArm arm, double error, long second)
    {
        foreach (var kind in (BadEvent[])[BadEvent.Error, BadEvent.Refused, BadEvent.Invalid])
        {
            if (Rate(arm, kind) is var rate && rate > 0 && _random.NextDouble() < rate)
            {
                return new(Time(arm, second), null, kind);
            }
        }

        return new(Time(arm, second), error, null);
    }
}
