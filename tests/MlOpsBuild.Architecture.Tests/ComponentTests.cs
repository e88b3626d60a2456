using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOpsBuild.Architecture.Tests;

/// <summary>Components are written once for two engines: nothing of an engine shows in them but its definitions.</summary>
public sealed class ComponentTests
{
    private static IReadOnlyList<SourceFile> Components { get; } =
        [.. Repository.Sources.Where(file => file.Path.StartsWith("src/MlOpsBuild.Components/", StringComparison.Ordinal)
            && !file.Path.Contains("/Engines/", StringComparison.Ordinal))];

    [Fact]
    public void No_component_names_an_engine_namespace()
    {
        Components.Count.ShouldBeGreaterThan(20);
        Components
            .Where(file => file.Syntax.Usings.Any(name => name.Name!.ToString().StartsWith("MlOpsBuild.Engine", StringComparison.Ordinal)
                || name.Name.ToString().StartsWith("Nuke", StringComparison.Ordinal)))
            .Select(file => file.Path).ShouldBeEmpty();
    }

    [Fact]
    public void No_component_executes_without_the_session_or_writes_by_itself() =>
        Components.Where(file => !file.Path.EndsWith("/TargetDefinitions.cs", StringComparison.Ordinal))
            .Where(file => file.All<InvocationExpressionSyntax>().Any(ByItself))
            .Select(file => file.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("Embedded")]
    [InlineData(
        "Nuke", "BuildParameters.cs", "CommandLineCheck.cs", "LogOutput.cs", "ParameterFiles.cs", "StopSignals.cs", "TargetFailure.cs")]
    public void An_engine_is_known_by_its_usings_and_by_one_bridge_with_what_only_that_needs(string engine, params string[] own)
    {
        var files = Repository.Files($"src/MlOpsBuild.Components/Engines/{engine}", "*.cs").ToList();

        files.Select(Path.GetFileName).ShouldBe(["EngineBridge.cs", "GlobalUsings.cs", .. own], ignoreOrder: true);
        var shared = Repository.Files("src/MlOpsBuild.Components", "*.cs")
            .Where(path => !path.Contains("/Engines/", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToList();
        foreach (var type in files.Select(Path.GetFileNameWithoutExtension).Where(name => name is not ("EngineBridge" or "GlobalUsings")))
        {
            shared.ShouldAllBe(text => !text.Contains(type!, StringComparison.Ordinal), $"{type} is the bridge's own");
        }
    }

    [Fact]
    public void Fallout_is_known_by_its_usings_alone() =>
        Repository.Files("src/MlOpsBuild.Components/Engines/Fallout", "*.cs").Select(Path.GetFileName).ShouldBe(["GlobalUsings.cs"]);

    [Theory]
    [InlineData("build")]
    [InlineData("pipelines")]
    [InlineData("src/MlOpsBuild.Components")]
    public void No_build_class_pipeline_or_component_names_an_engine(string folder)
    {
        var files = Repository.Files(folder, "*.cs").Where(path => !path.Contains("/Engines/", StringComparison.Ordinal)).ToList();
        files.ShouldNotBeEmpty();
        files
            .Where(path => File.ReadAllText(path) is var text
                && (text.Contains("MlOpsBuild.Engine", StringComparison.Ordinal) || text.Contains("Nuke.", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_verb_component_declares_exactly_one_target_and_a_noun_none()
    {
        var declared = Components.SelectMany(file => file.All<InterfaceDeclarationSyntax>())
            .ToDictionary(
                type => type.Identifier.Text,
                type => type.Members.OfType<PropertyDeclarationSyntax>().Count(property => property.Type.ToString() == "Target"));
        declared
            .Where(pair => pair.Key.StartsWith("IHaz", StringComparison.Ordinal)
                || pair.Key.StartsWith("IContinuous", StringComparison.Ordinal))
            .ShouldAllBe(pair => pair.Value == 0);
        string[] verbs = ["IIngestData", "IValidateData", "ITrain", "ITestModel", "IPackageModel", "IReport", "IDeployModel", "IRollBack"];
        verbs.ShouldAllBe(verb => declared[verb] == 1);
    }

    [Fact]
    public void No_namespace_of_ours_contains_Nuke() =>
        Repository.Sources.SelectMany(file => file.All<BaseNamespaceDeclarationSyntax>()).Select(space => space.Name.ToString())
            .Where(name => name.Split('.').Contains("Nuke")).ShouldBeEmpty();

    // The overload with the session begins with the build: .Executes(this, …).
    private static bool ByItself(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var name }
            && (name == "WriteLine"
                || (name == "Executes" && call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not ThisExpressionSyntax));
}
