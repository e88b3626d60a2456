namespace MlOpsBuild.Engine.Planning.Tests;

public sealed class ExecutionPlannerTests
{
    private readonly ExecutableTarget _a = New("A");
    private readonly ExecutableTarget _b = New("B");
    private readonly ExecutableTarget _c = New("C");
    private readonly ExecutableTarget _d = New("D");

    [Fact]
    public void Dependencies_run_in_the_order_they_are_declared()
    {
        _d.Needs.AddRange([_c, _a, _b]);

        Plan(_d).ShouldBe(["C", "A", "B", "D"]);
    }

    [Fact]
    public void Invoked_targets_run_in_the_order_given()
    {
        Plan(_c, _a, _b).ShouldBe(["C", "A", "B"]);
        Plan(_b, _a, _c).ShouldBe(["B", "A", "C"]);
    }

    [Fact]
    public void Dependency_beats_the_order_given()
    {
        _c.Needs.Add(_a);

        Plan(_c, _a).ShouldBe(["A", "C"]);
    }

    [Fact]
    public void Shared_dependency_runs_once()
    {
        _b.Needs.Add(_a);
        _c.Needs.Add(_a);
        _d.Needs.AddRange([_b, _c, _b]);

        Plan(_d).ShouldBe(["A", "B", "C", "D"]);
    }

    [Fact]
    public void Order_only_edge_holds_when_both_are_planned_and_pulls_nothing_in()
    {
        _a.Follows.Add(_b);

        Plan(_a, _b).ShouldBe(["B", "A"]);
        Plan(_a).ShouldBe(["A"]);
    }

    [Fact]
    public void Triggered_target_comes_after_what_pulls_it_with_its_own_dependencies()
    {
        _a.Pulls.Add(_c);
        _c.Needs.Add(_b);

        var plan = Plan(_a);

        plan.ShouldBe(["A", "B", "C"], ignoreOrder: true);
        plan.IndexOf("C").ShouldBe(2);
    }

    [Fact]
    public void Triggered_targets_run_in_the_order_of_their_names()
    {
        _a.Pulls.AddRange([_d, _b, _c]);

        Plan(_a).ShouldBe(["A", "B", "C", "D"]);
    }

    [Fact]
    public void Cycle_is_told_as_the_path_that_closes_it()
    {
        _a.Needs.Add(_b);
        _b.Follows.Add(_c);
        _d.Pulls.Add(_c);
        _b.Pulls.Add(_d);

        Should.Throw<InvalidOperationException>(() => Plan(_a)).Message
            .ShouldBe("Targets form a cycle: B -> C -> D -> B. Remove one of these dependencies.");
    }

    [Fact]
    public void Cycle_of_targets_nobody_asked_for_is_told_too()
    {
        _c.Needs.Add(_d);
        _d.Needs.Add(_c);

        Should.Throw<InvalidOperationException>(() => Plan(_a)).Message.ShouldContain("C -> D -> C");
    }

    [Fact]
    public void Target_that_needs_itself_is_a_cycle()
    {
        _a.Needs.Add(_a);

        Should.Throw<InvalidOperationException>(() => Plan(_a)).Message.ShouldContain("A -> A");
    }

    [Fact]
    public void Depth_is_no_limit()
    {
        var chain = Enumerable.Range(0, 20_000).Select(index => New($"T{index}")).ToList();
        for (var i = 1; i < chain.Count; i++)
        {
            chain[i].Needs.Add(chain[i - 1]);
        }

        ExecutionPlanner.Plan(chain, [chain[^1]]).ShouldBe(chain);
    }

    [Fact]
    public void Reason_says_why_each_target_is_planned()
    {
        _d.Invoked = true;
        _d.Needs.Add(_a);
        _b.Needs.Add(_a);
        _d.Pulls.Add(_b);
        var plan = ExecutionPlanner.Plan([_a, _b, _c, _d], [_d]);

        ExecutionPlanner.Reason(_d, plan).ShouldBe("named");
        ExecutionPlanner.Reason(_a, plan).ShouldBe("needed by D, B");
        ExecutionPlanner.Reason(_b, plan).ShouldBe("triggered by D");
    }

    private static ExecutableTarget New(string name) => new(name, typeof(ExecutionPlannerTests), (Target)(definition => definition));

    private List<string> Plan(params ExecutableTarget[] invoked) =>
        [.. ExecutionPlanner.Plan([_a, _b, _c, _d], invoked).Select(target => target.Name)];
}
