namespace MlOpsBuild.Engine.Definition.Tests;

public sealed class InheritanceTests
{
    internal interface ITrain : INukeBuild
    {
        Target Train => _ => _.Description("trains").Produces("model").Executes(() => { });
    }

    internal interface ITrainTwice : ITrain
    {
        Target ITrain.Train => _ => _.Inherit<ITrain>(x => x.Train).Executes(() => { });
    }

    internal interface IHook : INukeBuild
    {
        Target Hook { get; }
    }

    internal interface IDeploy : INukeBuild
    {
        Target Deploy => _ => _.Description("deploys").AssuredAfterFailure();

        Target Undo => _ => _;
    }

    [Fact]
    public void Explicit_implementation_extends_what_the_component_says()
    {
        var target = Find<Extending>("Train");

        target.Description.ShouldBe("trains");
        target.Products.ShouldBe(["model", "log"]);
        target.Actions.Count.ShouldBe(2);
    }

    [Fact]
    public void Class_member_of_the_same_name_extends_it_too() => Find<Renewing>("Train").Products.ShouldBe(["model", "log"]);

    [Fact]
    public void What_is_said_later_wins() => Find<Renewing>("Train").Description.ShouldBe("trains anew");

    [Fact]
    public void Without_inherit_the_implementation_replaces_it()
    {
        Find<Replacing>("Train").Products.ShouldBeEmpty();
        Find<Replacing>("Train").Actions.ShouldBeEmpty();
    }

    [Fact]
    public void Component_extends_the_component_it_derives_from() => Find<Twice>("Train").Actions.Count.ShouldBe(2);

    [Fact]
    public void Base_is_what_the_class_above_says()
    {
        var target = Find<Youngest>("Build");

        target.Products.ShouldBe(["oldest", "middle", "youngest"]);
        target.Actions.Count.ShouldBe(3);
    }

    [Fact]
    public void Base_without_a_class_above_is_an_error_that_names_the_way_out() =>
        Message<Orphan>()
            .ShouldBe("Target 'Alone' of Orphan calls Base(), but no class above it declares one. Inherit<TComponent>() takes over what a component says.");

    [Fact]
    public void Abstract_target_has_nothing_to_inherit() =>
        Message<Hooked>().ShouldBe("Target 'Hook' inherits IHook.Hook, which says nothing itself.");

    [Fact]
    public void Shorthand_needs_exactly_one_target() =>
        Message<Unclear>().ShouldBe("IDeploy declares 2 targets; name the one that is meant.");

    [Fact]
    public void Component_must_be_part_of_the_build() =>
        Message<Lacking>().ShouldContain("Target 'Train' refers to ITrain, which build 'Lacking' does not implement.");

    [Fact]
    public void Expression_must_name_a_target() => Message<Calling>().ShouldContain("which does not name a target of the component.");

    [Fact]
    public void Named_target_of_several_is_inherited()
    {
        Find<Naming>("Release").Description.ShouldBe("deploys");
        Find<Naming>("Release").AssuredAfterFailure.ShouldBeTrue();
    }

    [Fact]
    public void Target_of_the_build_itself_is_inherited_with_its_own_name_kept()
    {
        var target = Find<Copying>("Second");

        (target.Name, target.Description).ShouldBe(("Second", "first"));
        target.Needs.Select(needed => needed.Name).ShouldBe(["Before"]);
    }

    [Fact]
    public void Private_member_that_hides_a_components_target_is_an_error() =>
        Message<Hiding>().ShouldBe("Target 'Train' of Hiding must be public to stand for that of ITrain; or write 'Target ITrain.Train'.");

    [Fact]
    public void All_problems_of_a_definition_are_told_at_once() => Message<Broken>().Split('\n').Length.ShouldBe(2);

    private static ExecutableTarget Find<T>(string name) where T : NukeBuild, new() => TargetCatalog.Of(new T()).Find(name)!;

    private static string Message<T>()
        where T : NukeBuild, new() => Should.Throw<InvalidOperationException>(() => TargetCatalog.Of(new T())).Message;

    private sealed class Extending : NukeBuild, ITrain
    {
        Target ITrain.Train => _ => _.Inherit<ITrain>().Produces("log").Executes(() => { });
    }

    private sealed class Renewing : NukeBuild, ITrain
    {
        public Target Train => _ => _.Inherit<ITrain>(x => x.Train).Description("trains anew").Produces("log");
    }

    private sealed class Replacing : NukeBuild, ITrain
    {
        public Target Train => _ => _;
    }

    private sealed class Twice : NukeBuild, ITrainTwice;

    private class Oldest : NukeBuild
    {
        public virtual Target Build => _ => _.Produces("oldest").Executes(() => { });
    }

    private class Middle : Oldest
    {
        public override Target Build => _ => _.Base().Produces("middle").Executes(() => { });
    }

    private sealed class Youngest : Middle
    {
        public override Target Build => _ => _.Base().Produces("youngest").Executes(() => { });
    }

    private sealed class Orphan : NukeBuild
    {
        public Target Alone => _ => _.Base();
    }

    private sealed class Hooked : NukeBuild, IHook
    {
        public Target Hook => _ => _.Inherit<IHook>();
    }

    private sealed class Unclear : NukeBuild, IDeploy
    {
        public Target Release => _ => _.Inherit<IDeploy>();
    }

    private sealed class Lacking : NukeBuild
    {
        public Target Train => _ => _.Inherit<ITrain>();
    }

    private sealed class Calling : NukeBuild, ITrain
    {
        public Target Own => _ => _.Inherit<ITrain>(x => Other(x));

        private static Target Other(ITrain train) => train.Train;
    }

    private sealed class Naming : NukeBuild, IDeploy
    {
        public Target Release => _ => _.Inherit<IDeploy>(x => x.Deploy);
    }

    private sealed class Copying : NukeBuild
    {
        public Target Before => _ => _;

        public Target First => _ => _.Description("first").DependsOn(Before);

        public Target Second => _ => _.Inherit(First);
    }

    private sealed class Hiding : NukeBuild, ITrain
    {
        private Target Train => _ => _;
    }

    private sealed class Broken : NukeBuild
    {
        public Target One => _ => _.Base();

        public Target Two => _ => _.DependsOn<ITrain>();
    }
}
