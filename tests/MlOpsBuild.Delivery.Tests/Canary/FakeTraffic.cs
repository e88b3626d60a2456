using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>Seeded traffic: each look finds some more requests, split by the weight in force, bad at the rates given.</summary>
internal sealed class FakeTraffic(ulong seed, int requestsPerLook) : ICanaryTraffic
{
    private readonly SplitMix64 _random = new(seed);
    private readonly List<EpochCounts> _epochs = [];

    /// <summary>Weights in the order they were set.</summary>
    public List<double> Weights { get; } = [];

    /// <summary>Rate of a kind of bad event in an arm.</summary>
    public Func<TrafficArm, BadEvent, double> Rate { get; init; } = (_, _) => 0;

    /// <summary>Called before each count with the number of counts so far.</summary>
    public Action<int> BeforeCount { get; init; } = _ => { };

    /// <summary>Share of requests with a label.</summary>
    public double Labelled { get; init; } = 1;

    /// <summary>Looks after which nothing comes any more.</summary>
    public int SilentAfter { get; init; } = int.MaxValue;

    /// <summary>Calls of <see cref="SetCanaryAsync"/> after which somebody else owns the routes.</summary>
    public int OwnedFor { get; init; } = int.MaxValue;

    public int Counts { get; private set; }

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

    public Task<IReadOnlyList<EpochCounts>?> CountAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeCount(Counts);
        if (Counts++ < SilentAfter)
        {
            Serve(Weights[^1]);
        }

        return Task.FromResult<IReadOnlyList<EpochCounts>?>([.. _epochs]);
    }

    private void Serve(double percent)
    {
        if (_epochs.Count < Weights.Count)
        {
            _epochs.Add(new(Weights.Count, percent / 100, ArmCounts.None, ArmCounts.None));
        }

        var epoch = _epochs[^1];
        for (var i = 0; i < requestsPerLook; i++)
        {
            epoch = _random.NextDouble() * 100 < percent
                ? epoch with { Canary = Answer(epoch.Canary, TrafficArm.Canary) }
                : epoch with { Baseline = Answer(epoch.Baseline, TrafficArm.Baseline) };
        }

        _epochs[^1] = epoch;
    }

    private ArmCounts Answer(ArmCounts counts, TrafficArm arm)
    {
        var labelled = _random.NextDouble() < Labelled;
        var bad = new Dictionary<BadEvent, int>(counts.Bad);
        foreach (var kind in Enum.GetValues<BadEvent>())
        {
            if (_random.NextDouble() < Rate(arm, kind) && (labelled || kind is not (BadEvent.TooHigh or BadEvent.TooLow)))
            {
                bad[kind] = bad.GetValueOrDefault(kind) + 1;
            }
        }

        return new(counts.Requests + 1, counts.Labels + (labelled ? 1 : 0), bad);
    }
}
