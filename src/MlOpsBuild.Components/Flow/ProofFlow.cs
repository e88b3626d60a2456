using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Components.SelfTest;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Statistics;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Recorded and simulated canaries, judged.</summary>
internal static class ProofFlow
{
    private const int Runs = 200;
    private const int Tests = 500;
    private const int Looks = 10;

    // Four standard errors above 5 %.
    private const double MostFalseAlarms = 0.089;

    public static async Task ReplayAsync(
        RunSession session, string? id, string? only, double? falseAlarm, CancellationToken cancellationToken)
    {
        var store = new DeploymentStore(session.Store);
        var records = new List<DeploymentRecord>();
        foreach (var pipeline in ServingPlaces.Pipelines(session).Where(name => only == null || name == only))
        {
            records.AddRange(await store.OfAsync(pipeline, cancellationToken));
        }

        var canaries = records.Where(record => record is { Policy: not null, Looks.Count: > 0 })
            .OrderByDescending(record => record.Started)
            .ToList();
        var replayed = canaries.FirstOrDefault(record => id == null || record.Id == id) ?? throw new UsageException(new Finding(
            "MLB7060", "No such canary", "ReplayCanary", id,
            canaries.Count == 0 ? "a deployment by canary" : string.Join(", ", canaries.Take(5).Select(record => record.Id)),
            "name one of these"));
        var policy = replayed.Policy! with { FalseAlarm = Checked(falseAlarm) ?? replayed.Policy!.FalseAlarm };
        var judge = new CanaryJudge(policy);
        session.Output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{replayed.Id}: v{replayed.Version} beside {(replayed.From is { } from ? $"v{from}" : "nothing")}; recorded with a false alarm of {replayed.Policy!.FalseAlarm}, judged again with {policy.FalseAlarm}"));
        var end = (CanaryDecision?)null;
        session.Output.Table(["At", "Weight", "Pairs", "Worse (e)", "Not worse (e)", "Then", "Now"], replayed.Looks.Select(look =>
        {
            var (now, _) = end is { } over ? (over, "")
                : replayed.From == null ? judge.DecideAlone(look.Seen)
                : judge.Decide(look.Seen, look.CanaryPercent >= policy.Steps[^1] || look.CanaryPercent == 0);
            end ??= now == CanaryDecision.Continue ? null : now;
            return (IReadOnlyList<string>)
            [
                Invariant($"{(look.At - replayed.Looks[0].At).TotalSeconds:0.0} s"), Invariant($"{look.CanaryPercent:0.#} %"),
                Invariant($"{look.Seen.Loss?.Rows ?? 0:N0}"),
                Invariant($"{EValue.Of(look.Seen.Loss?.LogHarm ?? 0):G3}"), Invariant($"{EValue.Of(look.Seen.Loss?.LogNoHarm ?? 0):G3}"),
                look.Decision.ToString(), now.ToString(),
            ];
        }).ToList());
        session.Output.Good($"then {replayed.Looks[^1].Decision}, now {end?.ToString() ?? "no decision from what was seen"}");
    }

    public static Task SelfTestAsync(RunSession session, double? falseAlarm, CancellationToken cancellationToken)
    {
        var policy = new CanaryPolicy { FalseAlarm = Checked(falseAlarm) ?? new CanaryPolicy().FalseAlarm, MaximumRequests = int.MaxValue };
        session.Output.Progress($"{Runs} runs of {CanaryScenario.All.Count} scenarios");
        var results = new CanarySelfTest(policy, Runs, seed: 1).Run(cancellationToken);
        session.Output.Table(
            ["A version that is", "Rule", "Promoted", "Stopped", "Undecided", "Median minutes"],
            results.Select(result => (IReadOnlyList<string>)
            [
                result.Scenario.Name, result.Rule, Share(result.Promoted), Share(result.Stopped),
                Share(1 - result.Promoted - result.Stopped), result.Minutes is { } minutes ? Invariant($"{minutes:0}") : "–",
            ]));
        session.Output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"5 requests a second, all mirrored for ours, weights {string.Join(", ", policy.Steps)} %, at most 30 minutes; the other rules see what callers got, minute by minute: at least 99 % good, mean loss at most 1.1 times the champion's"));
        var falseAlarms = results.Where(result => result is { Rule: CanarySelfTest.Ours, Scenario.Harmful: false })
            .Max(result => result.Stopped);
        return falseAlarms <= policy.FalseAlarm ? Task.CompletedTask : throw new StageFailedException(
            "The judge raises more false alarms than it promises",
            [new("MLB7037", "False alarms", "CanarySelfTest", Share(falseAlarms), $"at most {Share(policy.FalseAlarm)}")], Verdict.Failed);
    }

    public static Task ExperimentsAsync(RunSession session, CancellationToken cancellationToken)
    {
        session.Output.Progress($"{Tests} tests of {ExperimentScenario.All.Count} kinds of users, twice, looked at {Looks} times");
        var results = new ExperimentSelfTest(Tests, Looks, seed: 1).Run(cancellationToken);
        session.Output.Table(
            ["Users", "Rule", "False alarms", "Effect seen", "Truth covered", "Units, median", "Variance left"],
            results.Select(result => (IReadOnlyList<string>)
            [
                result.Scenario.Name, result.Rule, Share(result.FalseAlarms), Share(result.Seen), Share(result.Covered),
                Invariant($"{result.Units:N0}"), Invariant($"{result.VarianceLeft:0.00}"),
            ]));
        session.Output.Line("the effect is the smallest that must be seen (80 % power at the horizon); a false alarm is any difference seen at any look between equal versions");
        List<Finding> broken =
        [
            .. results.Where(result => result.Rule != ExperimentSelfTest.Peeking && result.FalseAlarms > MostFalseAlarms).Select(result =>
                new Finding(
                    "MLB7156", "An A/B test raises more false alarms than it promises", $"{result.Scenario.Name}, {result.Rule}",
                    Share(result.FalseAlarms), $"5 %, and at most {Share(MostFalseAlarms)} by chance")),
        ];
        return broken.Count == 0 ? Task.CompletedTask
            : throw new StageFailedException("The judge raises more false alarms than it promises", broken, Verdict.Failed);
    }

    private static double? Checked(double? falseAlarm) => falseAlarm is null or (> 0 and < 1) ? falseAlarm
        : throw new UsageException(new Finding(
            "MLB7061", "Not a probability", "--false-alarm", falseAlarm.Value.ToString(CultureInfo.InvariantCulture),
            "a number between 0 and 1", "correct the value"));

    private static string Share(double share) => Invariant($"{share:0.#%}");
}
