using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Bundles.Tests;

/// <summary>A maturity level asks for what it needs, and the compiler asks for it.</summary>
public sealed class BundlesAreNotFreeTests
{
    private const string Pipelines = "public IEnumerable<ModelPipeline> Pipelines => [new BikeDemand()];";
    private const string Owner = "public string RollbackOwner => \"me\";";

    [Fact]
    public void Level_0_asks_for_nothing() => BuildSource.Errors("class Build : MlBuild;").ShouldBeEmpty();

    [Theory]
    [InlineData("IContinuousData")]
    [InlineData("IContinuousTraining")]
    [InlineData("IContinuousIntegration")]
    public void Levels_1_to_3_ask_for_pipelines(string bundle)
    {
        BuildSource.Errors($"class Build : MlBuild, {bundle};").ShouldHaveSingleItem()
            .ShouldStartWith("CS0535: 'Build' does not implement interface member 'IHazPipelines.Pipelines'");
        BuildSource.Errors($"class Build : MlBuild, {bundle} {{ {Pipelines} }}").ShouldBeEmpty();
    }

    [Fact]
    public void Level_4_asks_for_an_owner_of_rollbacks_too()
    {
        BuildSource.Errors($"class Build : MlBuild, IContinuousDeployment {{ {Pipelines} }}").ShouldHaveSingleItem()
            .ShouldBe("CS0535: 'Build' does not implement interface member 'IRollBack.RollbackOwner'");
        BuildSource.Errors($"class Build : MlBuild, IContinuousDeployment {{ {Pipelines} {Owner} }}").ShouldBeEmpty();
    }

    [Fact]
    public void The_build_class_of_the_readme_compiles()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        var listing = readme.Split("```csharp\n")[1].Split("```")[0];
        listing.TrimEnd().Split('\n').Length.ShouldBeLessThanOrEqualTo(12);
        var body = listing[listing.IndexOf("sealed partial class", StringComparison.Ordinal)..];
        BuildSource.Errors(body).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "build", "Build.cs")).ShouldBe(listing);
    }
}
