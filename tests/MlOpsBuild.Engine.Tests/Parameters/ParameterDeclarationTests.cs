namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class ParameterDeclarationTests
{
    private static readonly IReadOnlyList<ParameterDeclaration> Declarations = ParameterDeclaration.Of(typeof(Sample), []);

    internal interface IHazRegistry
    {
        [Parameter("Where images go"), Secret] string? RegistryToken => null;

        [Parameter] int? Port => null;
    }

    internal interface IHazStore : IHazRegistry
    {
        [Parameter] string? Store => null;
    }

    [Fact]
    public void Members_of_class_base_and_interfaces_are_declared_once() =>
        Declarations.Select(declaration => declaration.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["base-dir", "given", "hidden", "port", "registry-token", "store"]);

    [Fact]
    public void Own_member_wins_over_the_interface() => Named("port").Attribute.Description.ShouldBe("Mine");

    [Fact]
    public void Secret_and_description_come_from_the_interface()
    {
        Named("registry-token").IsSecret.ShouldBeTrue();
        Named("registry-token").Attribute.Description.ShouldBe("Where images go");
        Named("store").IsSecret.ShouldBeFalse();
    }

    [Theory]
    [InlineData("port", typeof(int), false, false)]
    [InlineData("hidden", typeof(bool), true, false)]
    [InlineData("given", typeof(string), false, true)]
    public void Type_decides_the_shape(string name, Type element, bool isSwitch, bool isList)
    {
        Named(name).ElementType.ShouldBe(element);
        Named(name).IsSwitch.ShouldBe(isSwitch);
        Named(name).IsList.ShouldBe(isList);
    }

    [Fact]
    public void Attribute_may_give_another_name() => Named("given").Member.Name.ShouldBe("Renamed");

    [Fact]
    public void Built_in_parameters_are_declared_by_every_build() =>
        ParameterDeclaration.Of(typeof(NukeBuild), []).Select(declaration => declaration.Name).ShouldBe(
            [
                "help", "plan", "json", "mermaid", "exit-code", "skip", "verbosity", "target", "continue", "parallel", "profile", "no-logo",
                "partition"
            ],
            ignoreOrder: true);

    private static ParameterDeclaration Named(string name) => Declarations.Single(declaration => declaration.Name == name);

    private abstract class SampleBase
    {
        [Parameter] public string? BaseDir { get; set; }

        public string? NotAParameter { get; set; }
    }

    private sealed class Sample : SampleBase, IHazStore
    {
        [Parameter("Mine")] public int? Port { get; set; }

        [Parameter(List = false)] private bool? Hidden { get; set; }

        [Parameter(Name = "given")] public string[]? Renamed { get; set; }
    }
}
