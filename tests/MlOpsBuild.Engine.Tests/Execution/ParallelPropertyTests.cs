using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Engine.Execution.Tests;

/// <summary>What holds for any build, however many of its targets run at once.</summary>
public sealed class ParallelPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Target_begins_when_all_before_it_have_ended(int workers) => Check(Scenario.Any, scenario =>
    {
        var run = ScenarioRun.Of(scenario, workers);
        return Array.TrueForAll(scenario.Graph.Edges, edge =>
        {
            var (ended, began) =
                (run.IndexOf(scenario.Graph.Names[edge.From], begins: false), run.IndexOf(scenario.Graph.Names[edge.To], begins: true));
            return ended < 0 || began < 0 || ended < began;
        });
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Nothing_runs_twice_and_no_more_at_once_than_allowed(int workers) => Check(Scenario.Any, scenario =>
    {
        var run = ScenarioRun.Of(scenario, workers);
        return run.Began.Count == run.Began.Distinct().Count() && run.Events.Count == 2 * run.Began.Count && run.MostAtOnce <= workers;
    });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_ran_is_what_succeeded_or_failed(int workers) => Check(Scenario.Any, scenario =>
    {
        var run = ScenarioRun.Of(scenario, workers);
        return run.Plan.All(target => target.Status == (run.Began.Contains(target.Name)
            ? scenario.Has(target.Name, TargetTraits.Fails) ? ExecutionStatus.Failed : ExecutionStatus.Succeeded
            : target.Status is ExecutionStatus.Skipped or ExecutionStatus.NotRun or ExecutionStatus.Collective ? target.Status
            : ExecutionStatus.None));
    });

    [Fact]
    public void One_worker_takes_exactly_the_plan() => Check(Scenario.Any, scenario =>
    {
        var run = ScenarioRun.Of(scenario, workers: 1);
        return run.Began.SequenceEqual(run.Plan.Select(target => target.Name).Where(run.Began.Contains));
    });

    [Fact]
    public void One_worker_does_after_a_failure_what_the_rules_say() => Check(Scenario.Any, scenario =>
    {
        var run = ScenarioRun.Of(scenario, workers: 1);
        var halted = false;
        return run.Plan.All(target =>
        {
            var expected = Expected(scenario, target, halted);
            halted |= expected == ExecutionStatus.Failed && scenario.Halts(target.Name);
            return target.Status == expected;
        });
    });

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Nothing_that_waits_for_a_failure_runs_unless_assured(int workers) => Check(Scenario.Any, scenario =>
    {
        var run = ScenarioRun.Of(scenario, workers);
        var halting = run.Plan.Where(target => target.Status == ExecutionStatus.Failed && scenario.Halts(target.Name))
            .Select(target => target.Name)
            .ToList();
        var after = After(scenario, run, halting);
        return run.Plan.All(target => target.Status switch
        {
            ExecutionStatus.NotRun => halting.Count > 0 && !scenario.Has(target.Name, TargetTraits.Assured),
            ExecutionStatus.Skipped => true,
            _ => !after.Contains(target.Name) || scenario.Has(target.Name, TargetTraits.Assured),
        });
    });

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Build_without_failures_ends_and_reads_the_same_with_one_worker_or_several(int workers) =>
        Check(Scenario.WithoutFailures, scenario =>
        {
            var (one, several) = (ScenarioRun.Of(scenario, workers: 1), ScenarioRun.Of(scenario, workers));
            return one.Plan.Select(target => (target.Name, target.Status, target.Skipped))
                .SequenceEqual(several.Plan.Select(target => (target.Name, target.Status, target.Skipped)))
                && one.Output == several.Output && (one.ExitCode, several.ExitCode) == (0, 0);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Exit_code_is_1_exactly_when_something_failed(int workers) => Check(Scenario.Any, scenario =>
    {
        var run = ScenarioRun.Of(scenario, workers);
        return run.ExitCode == (run.Plan.Any(target => target.Status == ExecutionStatus.Failed) ? 1 : 0);
    });

    private static void Check(Arbitrary<Scenario> scenarios, Func<Scenario, bool> property) =>
        Prop.ForAll(scenarios, property).Check(Config);

    private static ExecutionStatus Expected(Scenario scenario, ExecutableTarget target, bool halted) =>
        scenario.Has(target.Name, TargetTraits.StaticallyOut) || target.Skipped?.StartsWith("because of ", StringComparison.Ordinal) == true
            ? ExecutionStatus.Skipped
        : halted && !target.AssuredAfterFailure ? ExecutionStatus.NotRun
        : scenario.Has(target.Name, TargetTraits.DynamicallyOut) ? ExecutionStatus.Skipped
        : scenario.Has(target.Name, TargetTraits.Collective) ? ExecutionStatus.Collective
        : scenario.Has(target.Name, TargetTraits.Fails) ? ExecutionStatus.Failed : ExecutionStatus.Succeeded;

    // Everything planned that waits for one of them, directly or through others.
    private static HashSet<string> After(Scenario scenario, ScenarioRun run, IEnumerable<string> names)
    {
        var (after, planned) = (new HashSet<string>(), run.Plan.Select(target => target.Name).ToHashSet());
        var open = new Stack<string>(names);
        while (open.TryPop(out var name))
        {
            foreach (var next in scenario.Graph.Edges.Where(edge => scenario.Graph.Names[edge.From] == name)
                .Select(edge => scenario.Graph.Names[edge.To]))
            {
                if (planned.Contains(next) && after.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return after;
    }
}
