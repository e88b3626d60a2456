using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The smallest start: one file in an empty folder, compiled by the SDK when it changes.</summary>
public sealed class TemplateOfOneFile(InstalledTemplate machine) : IClassFixture<InstalledTemplate>
{
    // What another project of the repository needs is nothing that this file asked for.
    private const string Theirs =
        "<Project><PropertyGroup><TargetFramework>net8.0</TargetFramework><ImplicitUsings>disable</ImplicitUsings></PropertyGroup></Project>";

    [Fact]
    public async Task It_trains_and_serves_from_any_folder_and_gives_advice_in_its_own_name()
    {
        Directory.CreateDirectory(machine.PathOf("single"));
        await File.WriteAllTextAsync(machine.PathOf("Directory.Build.props"), Theirs);
        (await machine.RunAsync("single", "dotnet", "new", "mlopsbuild-file")).Expect(0);
        Directory.GetFileSystemEntries(machine.PathOf("single")).Select(Path.GetFileName).ShouldBe(["build.cs"]);
        try
        {
            var first = (await RunAsync("Train", "Deploy")).Expect(0);
            using var caller = new Caller(first.Address);
            ((int)(await caller.PredictAsync("""{"dteday":"2012-11-02","hr":8,"temp":0.34}""")).Status).ShouldBe(200);

            // From elsewhere: the file says where the project is.
            (await machine.RunAsync("", "dotnet", "run", "single/build.cs", "--", "Status")).Expect(0).Output.ShouldContain("v1");
            (await RunAsync("Lineage", "v7")).Expect(2).Output.ShouldContain("dotnet run build.cs -- History");

            await File.AppendAllTextAsync(machine.PathOf("single/build.cs"), "class Half { int y = ; }");
            (await machine.RunAsync("single", "dotnet", "run", "--no-build", "build.cs", "--", "Rollback", "--reason", "bad")).Output
                .ShouldContain("MLB5", customMessage: "there is no version before the first");
        }
        finally
        {
            (await machine.RunAsync("single", "dotnet", "run", "--no-build", "build.cs", "--", "Stop")).Expect(0);
        }
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        machine.RunAsync("single", "dotnet", ["run", "build.cs", "--", .. arguments]);
}
