using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Components.SelfTest;

/// <summary>Runs our judge and the rules of other tools on the same simulated traffic: false alarms, power, time to decision.</summary>
/// <param name="policy">Our policy.</param>
/// <param name="runs">Runs of each scenario.</param>
/// <param name="seed">Seed of all of them.</param>
internal sealed class CanarySelfTest(CanaryPolicy policy, int runs, long seed)
{
    /// <summary>Our judge's name in the table.</summary>
    public const string Ours = "ours";

    private const double Correlation = 0.9;
    private const int Windows = 30;
    private const int RequestsPerWindow = 300;
    private static readonly CanaryReference Reference = new(RowLoss.SquaredError, 10.8276, 3.2905);

    /// <summary>All scenarios and rules; a window is a minute at five requests a second.</summary>
    public IReadOnlyList<SelfTestResult> Run(CancellationToken cancellationToken)
    {
        var results = new List<SelfTestResult>();
        foreach (var scenario in CanaryScenario.All)
        {
            var ends = new (CanaryDecision Decision, int Windows)[runs][];
            Parallel.For(
                0, runs, new() { CancellationToken = cancellationToken }, run => ends[run] = RunOnce(scenario, new((ulong)(seed + run))));
            results.AddRange(CanaryRule.All.Select(rule => rule.Name)
                .Prepend(Ours)
                .Select((name, rule) => Sum(scenario, name, [.. ends.Select(end => end[rule])])));
        }

        return results;
    }

    private static SelfTestResult Sum(CanaryScenario scenario, string name, IReadOnlyList<(CanaryDecision Decision, int Windows)> ends)
    {
        var decided = ends.Where(end => end.Decision is CanaryDecision.Promote or CanaryDecision.Rollback)
            .Select(end => (double)end.Windows)
            .ToList();
        return new(
            scenario, name, (double)ends.Count(end => end.Decision == CanaryDecision.Promote) / ends.Count,
            (double)ends.Count(end => end.Decision == CanaryDecision.Rollback) / ends.Count,
            2 * decided.Count > ends.Count ? Quantile.Median(decided) : null);
    }

    private (CanaryDecision, int)[] RunOnce(CanaryScenario scenario, SplitMix64 random)
    {
        var (meter, judge, windows) = (new CanaryMeter(policy, Reference), new CanaryJudge(policy), new List<CanaryWindow>());
        var ends = new (CanaryDecision Decision, int Windows)[CanaryRule.All.Count + 1];
        for (var window = 0; window < Windows; window++)
        {
            var step = Math.Min(window * policy.Steps.Count * 2 / Windows, policy.Steps.Count - 1);
            var (batch, seen) = Traffic(scenario, window, policy.Steps[step] / 100.0, random);
            windows.Add(seen);
            meter.Add(batch);
            Note(0, () => judge.Decide(meter.Read(), step == policy.Steps.Count - 1).Decision);
            for (var rule = 0; rule < CanaryRule.All.Count; rule++)
            {
                var decide = CanaryRule.All[rule].Decide;
                Note(rule + 1, () => decide(windows, windows.Count == Windows));
            }
        }

        return ends;

        void Note(int rule, Func<CanaryDecision> decide)
        {
            if (ends[rule].Decision == CanaryDecision.Continue && decide() is var decision && decision != CanaryDecision.Continue)
            {
                ends[rule] = (decision, windows.Count);
            }
        }
    }

    private static (TrafficBatch Batch, CanaryWindow Seen) Traffic(CanaryScenario scenario, int window, double share, SplitMix64 random)
    {
        var (requests, labels) = (new List<TrafficObservation>(), new List<LabelObservation>());
        var (baseline, canary) = (new List<double?>(), new List<double?>());
        var outage = scenario.Outage > 0 && window is >= Windows / 3 and < Windows / 2;
        for (var request = 0; request < RequestsPerWindow; request++)
        {
            var theirs = random.NextNormal();
            var mine = scenario.Stretch * ((Correlation * theirs) + (Math.Sqrt(1 - (Correlation * Correlation)) * random.NextNormal()));
            var served = random.NextDouble() < share ? TrafficArm.Canary : TrafficArm.Baseline;
            var champion = Answer(theirs + scenario.ChampionDrift, outage ? scenario.Outage : CanaryScenario.UsualErrors, random);
            var candidate = Answer(mine, outage ? scenario.Outage : scenario.Errors, random);
            requests.Add(new(share, (window * 60) + (request / 5), served, champion, candidate));
            labels.Add(new(0, champion.Prediction, candidate.Prediction));
            (served == TrafficArm.Canary ? canary : baseline)
                .Add((served == TrafficArm.Canary ? candidate : champion).Prediction is { Value: var error } ? error * error : null);
        }

        return (new(1, 0, 0, requests, labels), new(baseline, canary));
    }

    private static ArmAnswer Answer(double error, double failing, SplitMix64 random) =>
        random.NextDouble() < failing ? new(2, null, BadEvent.Error) : new(2, error, null);
}
