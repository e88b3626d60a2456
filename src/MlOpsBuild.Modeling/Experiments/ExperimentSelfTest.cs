using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Statistics;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>
/// Judges simulated A/B tests whose truth is known: how often each design sees a difference that is not there, however often one looks, and
/// one that is; and what a t-test at every look makes of the same users.
/// </summary>
/// <param name="runs">Tests of each scenario.</param>
/// <param name="looks">Looks at each.</param>
/// <param name="seed">Seed of all that is drawn.</param>
public sealed class ExperimentSelfTest(int runs, int looks, long seed)
{
    /// <summary>Our design that may be looked at any time.</summary>
    public const string AnyLook = "always valid";

    /// <summary>Our design that tells once.</summary>
    public const string OneLook = "fixed horizon";

    /// <summary>What is done elsewhere.</summary>
    public const string Peeking = "t-test at every look";

    private const int Known = 20_000;

    /// <summary>Each scenario under each rule.</summary>
    public IReadOnlyList<ExperimentTrialResult> Run(CancellationToken cancellationToken) =>
        [.. ExperimentScenario.All.SelectMany((scenario, at) => Run(scenario, (ulong)(seed + (at * 1_000_003)), cancellationToken))];

    private IEnumerable<ExperimentTrialResult> Run(ExperimentScenario scenario, ulong from, CancellationToken cancellationToken)
    {
        // What is known before is what the log would say: users of the same kind.
        var random = new SplitMix64(from);
        List<ExperimentUnit> before = [.. Enumerable.Range(0, Known).Select(_ => Unit(scenario, random, false, 0))];
        var (any, one) = (
            scenario.Policy with { Design = ExperimentDesign.AlwaysValid },
            scenario.Policy with { Design = ExperimentDesign.FixedHorizon });
        var (anyPlan, onePlan) = (new ExperimentPlanner(any).Of(before, []), new ExperimentPlanner(one).Of(before, []));
        var rules = new (string Name, ExperimentPlan Plan, Func<IReadOnlyList<ExperimentUnit>, ExperimentLook> Look, int Looks)[]
        {
            (AnyLook, anyPlan, units => new ExperimentJudge(any, anyPlan).Look(default, units), looks),
            (OneLook, onePlan, units => new ExperimentJudge(one, onePlan).Look(default, units), 1),
            (Peeking, onePlan, units => Peek(one, onePlan, units), looks),
        };
        var results = new Trial[rules.Length][];
        foreach (var (place, rule) in rules.Index())
        {
            var trials = results[place] = new Trial[runs];
            Parallel.For(0, runs, new() { CancellationToken = cancellationToken }, run => trials[run] = Try(
                scenario, rule.Plan, rule.Look, rule.Looks, from + ((ulong)run * 7919)));
        }

        return rules.Select((rule, place) => new ExperimentTrialResult(
            scenario, rule.Name, results[place].Average(trial => trial.FalseAlarm ? 1.0 : 0),
            results[place].Average(trial => trial.Seen ? 1.0 : 0), results[place].Average(trial => trial.Covered ? 1.0 : 0),
            Quantile.Median([.. results[place].Select(trial => (double)trial.Units)]),
            results[place].Average(trial => trial.VarianceLeft)));
    }

    private static Trial Try(
        ExperimentScenario scenario, ExperimentPlan plan, Func<IReadOnlyList<ExperimentUnit>, ExperimentLook> look, int looks, ulong seed)
    {
        var random = new SplitMix64(seed);
        var falseAlarm = Watch(scenario, plan, look, looks, 0, random).Any(IsAlarm);
        var effect = scenario.Policy.Detect;
        var truth = effect * plan.Mean;
        var (units, seen, covered, left) = (plan.Units, false, true, 1.0);
        foreach (var told in Watch(scenario, plan, look, looks, effect, random))
        {
            left = told.Estimate?.VarianceLeft ?? left;
            covered &= told.Estimate is not { } estimate || (estimate.Interval.Lower <= truth && truth <= estimate.Interval.Upper);
            if (!seen && told.Verdict == ExperimentVerdict.Better)
            {
                (seen, units) = (true, told.Complete);
            }
        }

        return new(falseAlarm, seen, covered, units, left);
    }

    private static bool IsAlarm(ExperimentLook look) => look.Verdict is ExperimentVerdict.Better or ExperimentVerdict.Worse;

    private static IEnumerable<ExperimentLook> Watch(
        ExperimentScenario scenario, ExperimentPlan plan, Func<IReadOnlyList<ExperimentUnit>, ExperimentLook> look, int looks,
        double effect, SplitMix64 random)
    {
        var units = new List<ExperimentUnit>();
        for (var at = 1; at <= looks; at++)
        {
            while (units.Count < (long)plan.Units * at / looks)
            {
                units.Add(Unit(scenario, random, random.NextDouble() < scenario.Policy.Share, effect));
            }

            yield return look(units);
        }
    }

    private static ExperimentUnit Unit(ExperimentScenario scenario, SplitMix64 random, bool treated, double effect)
    {
        var (before, value) = scenario.Draw(random, treated ? effect : 0);
        return new(treated, true, value, before);
    }

    private static ExperimentLook Peek(ExperimentPolicy policy, ExperimentPlan plan, IReadOnlyList<ExperimentUnit> units)
    {
        var (control, treatment) = ArmValues.Of(policy, units);
        var difference = MeanDifference.Of(control.Values, treatment.Values);
        var interval = difference.At(policy.Alpha);
        return new(
            default, ExperimentRatio.Of(control.Values.Length, treatment.Values.Length, policy.Share), units.Count, plan.Units,
            interval.Lower > 0 ? ExperimentVerdict.Better : interval.Upper < 0 ? ExperimentVerdict.Worse : ExperimentVerdict.CannotTell, "")
        {
            Estimate = new(difference.First, difference.Second, difference.Value, interval, 1),
        };
    }

    private readonly record struct Trial(bool FalseAlarm, bool Seen, bool Covered, int Units, double VarianceLeft);
}
