using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>
/// Answer times by whole seconds: one stall makes dozens of slow answers and is one second. A second in which one arm was slow and the
/// other one was not falls on either with the same probability when the versions are equal.
/// </summary>
internal sealed class AnswerTimeTally(CanaryPolicy policy, CanaryReference reference)
{
    // Of the answers of a second: a busy machine makes a few slow in most seconds, in either arm.
    private const double SlowShare = 0.2;
    private const double MuchSlower = 1.5;
    private const double NormalQuantile = 1.96;
    private const int SecondsKept = 5;
    private const int MostKept = 20_000;
    private readonly SortedDictionary<long, List<(double? Baseline, double Canary)>> _open = [];
    private readonly List<(double? Baseline, double Canary)> _kept = [];
    private readonly List<double> _lastSeconds = [];
    private readonly EventTally _slow = new(BadEvent.Slow);
    private readonly EventTally _overBudget = new(BadEvent.OverLatencyBudget);

    public void Add(TrafficObservation request)
    {
        if (request is { Canary: { } canary } && (request.Baseline != null || request.CanaryShare == 1))
        {
            if (!_open.TryGetValue(request.Second, out var second))
            {
                _open[request.Second] = second = [];
            }

            second.Add((request.Baseline?.Milliseconds, canary.Milliseconds));
        }
    }

    /// <summary>Ends the seconds to which no answer comes any more.</summary>
    public void Close(long newest)
    {
        while (_open.Count > 0 && _open.First() is var (at, answers) && at < newest - 1)
        {
            _open.Remove(at);
            Judge(answers);
        }
    }

    public IEnumerable<CanaryMetric> Metrics() =>
        policy.LatencyBudget == null ? [_slow.Read(policy)] : [_slow.Read(policy), _overBudget.Read(policy)];

    public AnswerTimeComparison? Read()
    {
        if (_lastSeconds.Count == 0)
        {
            return null;
        }

        var (canary, baseline) = (_kept.Select(answer => answer.Canary), _kept.Select(answer => answer.Baseline).OfType<double>().ToList());
        var ratios = _kept.Where(answer => answer.Baseline > 0).Select(answer => answer.Canary / answer.Baseline!.Value).Order().ToList();
        var around = NormalQuantile * Math.Sqrt(ratios.Count) / 2;
        return new(
            Quantile.Median(canary), baseline.Count == 0 ? null : Quantile.Median(baseline),
            ratios.Count == 0 ? null : Quantile.Median(ratios),
            At((ratios.Count / 2.0) - around), At((ratios.Count / 2.0) + around), [.. _lastSeconds]);

        double? At(double position) => ratios.Count == 0 ? null : ratios[(int)Math.Clamp(position, 0, ratios.Count - 1)];
    }

    private void Judge(List<(double? Baseline, double Canary)> answers)
    {
        var canary = Quantile.Median(answers.Select(answer => answer.Canary));
        _lastSeconds.Add(canary);
        _lastSeconds.RemoveRange(0, Math.Max(0, _lastSeconds.Count - SecondsKept));
        _kept.AddRange(answers.Take(MostKept - _kept.Count));
        var pairs = answers.Where(answer => answer.Baseline != null).ToList();
        if (pairs.Count == 0)
        {
            return;
        }

        var (slowBaseline, slowCanary) =
            (IsSlow(pairs.Select(answer => answer.Baseline)), IsSlow(pairs.Select(answer => (double?)answer.Canary)));
        var usual = Quantile.Median(pairs.Select(answer => answer.Baseline!.Value));

        // On a machine so busy that both are slow, one may still be much slower.
        Count(
            _slow, slowBaseline && (!slowCanary || usual > MuchSlower * canary),
            slowCanary && (!slowBaseline || canary > MuchSlower * usual));
        var over = policy.LatencyBudget is { } budget && canary > budget * usual;
        Count(_overBudget, !over, over);

        bool IsSlow(IEnumerable<double?> times) => times.Count(time => time > reference.SlowMilliseconds) > SlowShare * pairs.Count;
    }

    private static void Count(EventTally tally, bool baseline, bool canary)
    {
        tally.Count(TrafficArm.Baseline, baseline);
        tally.Count(TrafficArm.Canary, canary);
        tally.Close();
    }
}
