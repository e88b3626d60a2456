namespace MlOpsBuild.Engine.Planning.Tests;

public sealed class PlanConditionsTests
{
    private readonly ExecutableTarget _a = New("A");
    private readonly ExecutableTarget _b = New("B");
    private readonly ExecutableTarget _c = New("C");
    private readonly ExecutableTarget _d = New("D");

    [Fact]
    public void Without_conditions_everything_is_scheduled()
    {
        Apply([_a, _b], skipped: []);

        Statuses(_a, _b).ShouldBe([ExecutionStatus.Scheduled, ExecutionStatus.Scheduled]);
    }

    [Fact]
    public void Skipped_target_takes_along_what_only_it_needs()
    {
        _b.Needs.Add(_a);
        _c.Needs.Add(_b);

        Apply([_a, _b, _c], skipped: [_c]);

        _c.Skipped.ShouldBe("--skip");
        _b.Skipped.ShouldBe("because of C");
        _a.Skipped.ShouldBe("because of B");
        Statuses(_a, _b, _c).ShouldAllBe(status => status == ExecutionStatus.Skipped);
    }

    [Fact]
    public void Dependency_that_another_needs_stays()
    {
        _b.Needs.Add(_a);
        _c.Needs.Add(_a);

        Apply([_a, _b, _c], skipped: [_b]);

        Statuses(_a, _b, _c).ShouldBe([ExecutionStatus.Scheduled, ExecutionStatus.Skipped, ExecutionStatus.Scheduled]);
    }

    [Fact]
    public void Dependency_goes_when_all_that_need_it_are_skipped()
    {
        _b.Needs.Add(_a);
        _c.Needs.Add(_a);

        Apply([_a, _b, _c], skipped: [_b, _c]);

        _a.Status.ShouldBe(ExecutionStatus.Skipped);
    }

    [Fact]
    public void Triggered_target_goes_with_what_pulls_it()
    {
        _a.Pulls.Add(_b);
        _b.Needs.Add(_c);

        Apply([_a, _c, _b], skipped: [_a]);

        Statuses(_b, _c).ShouldAllBe(status => status == ExecutionStatus.Skipped);
    }

    [Fact]
    public void Execute_behaviour_keeps_the_dependencies()
    {
        _b.Needs.Add(_a);
        _b.DependencyBehavior = DependencyBehavior.Execute;

        Apply([_a, _b], skipped: [_b]);

        Statuses(_a, _b).ShouldBe([ExecutionStatus.Scheduled, ExecutionStatus.Skipped]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Execute_behaviour_keeps_the_dependencies_whatever_else_is_skipped(bool executeFirst)
    {
        var (first, second) = executeFirst ? (_b, _c) : (_c, _b);
        _b.Needs.Add(_a);
        _c.Needs.Add(_a);
        _b.DependencyBehavior = DependencyBehavior.Execute;

        Apply([_a, first, second], skipped: [_b, _c]);

        _a.Status.ShouldBe(ExecutionStatus.Scheduled);
    }

    [Fact]
    public void Named_target_is_not_left_out_by_the_switch_nor_by_a_skipped_dependant()
    {
        _a.Invoked = _b.Invoked = true;
        _c.Needs.Add(_a);

        Apply([_a, _b, _c], skipped: [_b, _c]);

        Statuses(_a, _b, _c).ShouldBe([ExecutionStatus.Scheduled, ExecutionStatus.Scheduled, ExecutionStatus.Skipped]);
    }

    [Fact]
    public void False_static_condition_skips_even_a_named_target_and_says_why()
    {
        _a.Invoked = true;
        _a.StaticConditions.Add(new(() => true, "first"));
        _a.StaticConditions.Add(new(() => false, "only on Sundays"));

        Apply([_a], skipped: []);

        _a.Status.ShouldBe(ExecutionStatus.Skipped);
        _a.Skipped.ShouldBe("only on Sundays");
    }

    [Fact]
    public void Unmet_requirements_are_told_all_at_once_but_not_those_of_skipped_targets()
    {
        _a.Requirements.Add(new(() => false, "needs --token"));
        _a.Requirements.Add(new(() => true, "needs --name"));
        _b.Requirements.Add(new(() => false, "needs --data"));
        _c.Requirements.Add(new(() => false, "needs --port"));
        ExecutableTarget[] plan = [_a, _b, _c, _d];

        Apply(plan, skipped: [_c]);

        PlanConditions.UnmetRequirements(plan).ShouldBe(["Target A needs --token.", "Target B needs --data."]);
    }

    [Fact]
    public void Target_pulled_by_one_that_ran_stays_when_another_that_pulls_it_is_skipped()
    {
        _a.Pulls.Add(_c);
        _b.Pulls.Add(_c);
        ExecutableTarget[] plan = [_a, _b, _c];
        Apply(plan, skipped: []);
        _a.Status = ExecutionStatus.Succeeded;

        PlanConditions.Skip(_b, "nothing to do", plan);

        Statuses(_b, _c).ShouldBe([ExecutionStatus.Skipped, ExecutionStatus.Scheduled]);
    }

    private static ExecutableTarget New(string name) => new(name, typeof(PlanConditionsTests), (Target)(definition => definition));

    private static void Apply(ExecutableTarget[] plan, ExecutableTarget[] skipped) => PlanConditions.Apply(plan, skipped);

    private static IEnumerable<ExecutionStatus> Statuses(params ExecutableTarget[] targets) => targets.Select(target => target.Status);
}
