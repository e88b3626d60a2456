namespace MlOpsBuild.Engine.Definition.Tests;

public sealed class TargetDefinitionTests
{
    private readonly TargetCatalog _catalog = TargetCatalog.Of(new Sample());

    internal interface IPresent
    {
        Target Present => _ => _;
    }

    internal interface IAbsent
    {
        Target Absent => _ => _;
    }

    [Fact]
    public void Last_description_wins() => Find("Center").Description.ShouldBe("second");

    [Fact]
    public void Dependencies_are_kept_in_declared_order() => Names(Find("Center").Needs).ShouldBe(["B", "A"]);

    [Fact]
    public void Dependent_for_is_the_reverse_of_depends_on()
    {
        Names(Find("A").ExecutionDependencies).ShouldBe(["Early"]);
        Names(Find("Present").Needs).ShouldBe(["Early", "Early"]);
    }

    [Fact]
    public void Before_is_the_reverse_of_after()
    {
        Names(Find("A").OrderDependencies).ShouldBe(["Order"]);
        Names(Find("Present").Follows).ShouldBe(["Order", "Order"]);
        Names(Find("Order").Follows).ShouldBe(["B", "Present", "Present"]);
    }

    [Fact]
    public void Triggered_by_is_the_reverse_of_triggers()
    {
        Names(Find("Trigger").Triggers).ShouldBe(["A", "Present", "Present"]);
        Names(Find("B").Pulls).ShouldBe(["Trigger"]);
        Names(Find("Present").Pulls).ShouldBe(["Trigger", "Trigger"]);
    }

    [Fact]
    public void Try_forms_do_nothing_without_the_component() => Find("Optional").ShouldSatisfyAllConditions(
        target => target.Needs.ShouldBeEmpty(),
        target => target.Follows.ShouldBeEmpty(),
        target => target.Pulls.ShouldBeEmpty());

    [Fact]
    public void Try_depends_on_is_depends_on_with_the_component() => Names(Find("Hopeful").Needs).ShouldBe(["Present"]);

    [Fact]
    public void Condition_keeps_its_source_text_or_the_reason_given()
    {
        Find("Conditional").StaticConditions.Single().Text.ShouldBe("() => 1 + 1 == 2");
        Find("Conditional").DynamicConditions.Single().Text.ShouldBe("weather permitting");
    }

    [Fact]
    public void Flags_are_kept()
    {
        Find("Conditional").ShouldSatisfyAllConditions(
            target => target.Listed.ShouldBeFalse(),
            target => target.AssuredAfterFailure.ShouldBeTrue(),
            target => target.ProceedAfterFailure.ShouldBeTrue(),
            target => target.DependencyBehavior.ShouldBe(DependencyBehavior.Execute));
        Find("A").ShouldSatisfyAllConditions(
            target => target.Listed.ShouldBeTrue(),
            target => target.AssuredAfterFailure.ShouldBeFalse(),
            target => target.ProceedAfterFailure.ShouldBeFalse(),
            target => target.DependencyBehavior.ShouldBe(DependencyBehavior.Skip));
    }

    [Fact]
    public void Requirement_of_something_else_than_a_member_is_refused() =>
        Should.Throw<InvalidOperationException>(() => TargetCatalog.Of(new Wrong())).Message.ShouldContain("must name a parameter");

    private static IEnumerable<string> Names(IEnumerable<ExecutableTarget> targets) => targets.Select(target => target.Name);

    private ExecutableTarget Find(string name) => _catalog.Find(name)!;

    private sealed class Sample : NukeBuild, IPresent
    {
        public Target A => _ => _;

        public Target B => _ => _;

        public Target Center => _ => _.Description("first").Description("second").DependsOn(B, A);

        public Target Early => _ => _.DependentFor(A).DependentFor<IPresent>().TryDependentFor<IPresent>(x => x.Present);

        public Target Order => _ => _
            .Before(A).Before<IPresent>().TryBefore<IPresent>(x => x.Present)
            .After(B).After<IPresent>().TryAfter<IPresent>(x => x.Present);

        public Target Trigger => _ => _
            .Triggers(A).Triggers<IPresent>().TryTriggers<IPresent>(x => x.Present)
            .TriggeredBy(B).TriggeredBy<IPresent>().TryTriggeredBy<IPresent>(x => x.Present);

        public Target Optional => _ => _
            .TryDependsOn<IAbsent>().TryDependentFor<IAbsent>().TryBefore<IAbsent>().TryAfter<IAbsent>(x => x.Absent)
            .TryTriggers<IAbsent>().TryTriggeredBy<IAbsent>(x => x.Absent);

        public Target Hopeful => _ => _.TryDependsOn<IPresent>();

        public Target Conditional => _ => _
            .OnlyWhenStatic(() => 1 + 1 == 2)
            .OnlyWhenDynamic(() => true, "weather permitting")
            .Unlisted().AssuredAfterFailure().ProceedAfterFailure().WhenSkipped(DependencyBehavior.Execute);
    }

    private sealed class Wrong : NukeBuild
    {
        public Target A => _ => _.Requires(() => string.Concat("a", "b"));
    }
}
