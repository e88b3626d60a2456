namespace MlOpsBuild.Engine.Definition.Tests;

public sealed class TargetCatalogTests
{
    internal interface ITrain
    {
        Target Train => _ => _.Description("from ITrain");
    }

    internal interface ITrainBetter : ITrain
    {
        Target ITrain.Train => _ => _.Description("from ITrainBetter");
    }

    internal interface ITest
    {
        Target Test => _ => _;
    }

    internal interface IAlsoTrain
    {
        Target Train => _ => _;
    }

    internal interface ITwo
    {
        Target One => _ => _;

        Target Two => _ => _;
    }

    [Fact]
    public void Class_targets_come_first_then_those_of_components() =>
        Names<Composed>().ShouldBe(["Report", "Clean", "Train", "Test"]);

    [Fact]
    public void Targets_of_a_base_class_belong_to_the_build()
    {
        var catalog = TargetCatalog.Of(new Derived());

        catalog.Targets.Select(target => target.Name).ShouldBe(["Extra", "Shared", "Kept"]);
        catalog.Find("Shared")!.Description.ShouldBe("derived");
    }

    [Fact]
    public void Class_target_overrides_the_one_of_its_component()
    {
        var catalog = TargetCatalog.Of(new Overriding());

        catalog.Find("Train")!.Description.ShouldBe("mine");
        catalog.Find("Report")!.Needs.ShouldBe([catalog.Find("Train")!]);
        catalog.Targets.Count.ShouldBe(2);
    }

    [Fact]
    public void Explicit_implementation_overrides_too()
    {
        var catalog = TargetCatalog.Of(new ExplicitlyOverriding());

        catalog.Targets.Single().Name.ShouldBe("Train");
        catalog.Targets.Single().Description.ShouldBe("explicit");
    }

    [Fact]
    public void Most_derived_component_wins() => TargetCatalog.Of(new Better()).Targets.Single().Description.ShouldBe("from ITrainBetter");

    [Fact]
    public void Same_name_from_two_components_is_ambiguous()
    {
        var message = Should.Throw<InvalidOperationException>(() => TargetCatalog.Of(new Ambiguous())).Message;

        message.ShouldContain("'Train'");
        message.ShouldContain("ITrain and IAlsoTrain");
        message.ShouldContain("implement it in the build class");
    }

    [Fact]
    public void Class_member_settles_the_ambiguity() => TargetCatalog.Of(new Settled()).Find("Train")!.Description.ShouldBe("settled");

    [Theory]
    [InlineData("train")]
    [InlineData("TRAIN")]
    [InlineData("tr-ain")]
    public void Name_is_found_in_any_case_without_dashes(string name) => TargetCatalog.Of(new Better()).Find(name)!.Name.ShouldBe("Train");

    [Fact]
    public void Unknown_name_is_not_found() => TargetCatalog.Of(new Better()).Find("Trains").ShouldBeNull();

    [Fact]
    public void Captured_local_variable_is_diagnosed_by_name()
    {
        var message = Should.Throw<InvalidOperationException>(() => TargetCatalog.Of(new Capturing())).Message;

        message.ShouldContain("'User'");
        message.ShouldContain("local variable");
    }

    [Fact]
    public void Missing_component_is_named_with_the_way_out()
    {
        var message = Should.Throw<InvalidOperationException>(() => TargetCatalog.Of(new Lacking())).Message;

        message.ShouldContain("'Report'");
        message.ShouldContain("ITest, which build 'Lacking' does not implement");
        message.ShouldContain("Try");
    }

    [Fact]
    public void Shorthand_needs_exactly_one_target() =>
        Should.Throw<InvalidOperationException>(() => TargetCatalog.Of(new Unclear())).Message.ShouldContain("ITwo declares 2 targets");

    private static IEnumerable<string> Names<T>()
        where T : NukeBuild, new() => TargetCatalog.Of(new T()).Targets.Select(target => target.Name);

    private sealed class Composed : NukeBuild, ITrain, ITest
    {
        public Target Report => _ => _.DependsOn<ITest>().DependsOn<ITrain>(x => x.Train);

        private Target Clean => _ => _;
    }

    private abstract class BaseBuild : NukeBuild
    {
        public virtual Target Shared => _ => _.Description("base");

        public Target Kept => _ => _;
    }

    private sealed class Derived : BaseBuild
    {
        public Target Extra => _ => _.DependsOn(Shared, Kept);

        public override Target Shared => _ => _.Description("derived");
    }

    private sealed class Overriding : NukeBuild, ITrain
    {
        public Target Train => _ => _.Description("mine");

        public Target Report => _ => _.DependsOn<ITrain>();
    }

    private sealed class ExplicitlyOverriding : NukeBuild, ITrain
    {
        Target ITrain.Train => _ => _.Description("explicit");
    }

    private sealed class Better : NukeBuild, ITrainBetter;

    private sealed class Ambiguous : NukeBuild, ITrain, IAlsoTrain;

    private sealed class Settled : NukeBuild, ITrain, IAlsoTrain
    {
        public Target Train => _ => _.Description("settled");
    }

    private sealed class Capturing : NukeBuild
    {
        public Target User => _ => _.DependsOn(Captured);

        public Target Captured
        {
            get
            {
                var text = DateTime.UnixEpoch.ToString();
                return _ => _.Description(text);
            }
        }
    }

    private sealed class Lacking : NukeBuild
    {
        public Target Report => _ => _.DependsOn<ITest>();
    }

    private sealed class Unclear : NukeBuild, ITwo
    {
        public Target Report => _ => _.DependsOn<ITwo>();
    }
}
