using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A repository with files of its own, among them a build and one list of all packages' versions.</summary>
public sealed class TemplateBesideOtherFiles(InstalledTemplate machine) : IClassFixture<InstalledTemplate>
{
    private static readonly Dictionary<string, string> Before = new()
    {
        [".gitignore"] = "dist/\n",
        ["global.json"] = """{"sdk": {"version": "10.0.100", "rollForward": "latestMinor"}}""",
        ["Directory.Packages.props"] =
            "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>",
        ["Directory.Build.props"] = "<Project><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup></Project>",
        ["build/Build.cs"] = "class Build;",
        ["build.sh"] = "echo theirs",
        [".nuke/parameters.json"] = """{"$schema": "build.schema.json", "Solution": "App.sln"}""",
        [".nuke/build.schema.json"] = """{"title": "theirs"}""",
    };

    [Fact]
    public async Task None_of_them_is_touched_or_in_the_way_of_a_classifier()
    {
        Directory.CreateDirectory(machine.PathOf("churn/build"));
        Directory.CreateDirectory(machine.PathOf("churn/.nuke"));
        foreach (var (path, text) in Before)
        {
            await File.WriteAllTextAsync(machine.PathOf($"churn/{path}"), text);
        }

        (await machine.RunAsync("churn", "dotnet", "new", "mlopsbuild", "--task", "binary")).ExitCode.ShouldNotBe(0, "build is taken");
        (await machine.RunAsync("churn", "dotnet", "new", "mlopsbuild", "--task", "binary", "--build-folder", "ml", "--name", "Returns"))
            .Expect(0);

        Directory.GetFiles(machine.PathOf("churn/pipelines")).Select(Path.GetFileName)
            .ShouldBe(["Returns.cs", "CustomerSimulation.cs"], ignoreOrder: true);
        (await machine.RunAsync("churn", "./ml.sh", "TestModel")).Expect(0).Output.ShouldContain("Log-loss beats class shares");
        foreach (var (path, text) in Before)
        {
            (await File.ReadAllTextAsync(machine.PathOf($"churn/{path}"))).ShouldBe(text);
        }
    }
}
