using System.Reflection.PortableExecutable;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>What is started again and again is compiled once, and what cannot be compiled ahead runs all the same.</summary>
public sealed class AheadOfTime(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string Targets = "src/MlOpsBuild.Components/build/MlOpsBuild.Components.targets";

    [Fact]
    public void The_build_program_is_compiled_before_it_starts()
    {
        var program = Directory.GetDirectories(Path.Combine(Checkout.Root, ".nuke", "temp", "build", "programs")).ShouldHaveSingleItem();

        foreach (var own in Directory.GetFiles(program, "MlOpsBuild.*.dll").Append(Path.Combine(program, "_build.dll")))
        {
            IsCompiled(own).ShouldBeTrue(own);
        }

        IsCompiled(Path.Combine(program, "Octokit.dll")).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_what_changed_is_compiled_again_and_what_is_old_is_put_away()
    {
        var (project, kept) = await ProjectAsync();
        (await BuildAsync(project)).Expect(0);
        var first = Kept(kept).ShouldHaveSingleItem();
        var written = File.GetLastWriteTimeUtc(first);
        (await BuildAsync(project)).Expect(0);
        File.GetLastWriteTimeUtc(Kept(kept).ShouldHaveSingleItem()).ShouldBe(written);

        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), """System.Console.WriteLine("another");""");
        (await BuildAsync(project)).Expect(0);

        Kept(kept).ShouldHaveSingleItem().ShouldNotBe(first);
        (await RunAsync(project)).Output.Trim().ShouldBe("another");
        IsCompiled(Output(project)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_compiler_that_cannot_be_had_is_asked_for_once_and_the_program_runs()
    {
        var (project, kept) = await ProjectAsync();

        (await BuildAsync(project, "-p:_MlOpsAheadPackage=No.Such.Package.Anywhere")).Expect(0);
        (await BuildAsync(project, "-p:_MlOpsAheadPackage=No.Such.Package.Anywhere")).Expect(0).Output.ShouldNotContain("NU1101");

        Kept(kept).ShouldBeEmpty();
        IsCompiled(Output(project)).ShouldBeFalse();
        (await RunAsync(project)).Output.Trim().ShouldBe("one");
    }

    [Theory]
    [InlineData("MLOPS_AHEAD", "0", false)]
    [InlineData("CI", "true", false)]
    [InlineData("NOTHING", "", true)]
    public async Task A_build_server_does_without_unless_it_is_told(string variable, string value, bool compiled)
    {
        var (project, _) = await ProjectAsync();

        (await BuildAsync(project, $"-p:{variable}={value}")).Expect(0);

        IsCompiled(Output(project)).ShouldBe(compiled);
    }

    private static bool IsCompiled(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    private static string[] Kept(string folder) => Directory.GetFiles(folder, "*.dll");

    private static string Output(string project) => Path.Combine(project, "bin", "Release", "net10.0", "one.dll");

    // As small as a build program gets.
    private async Task<(string Project, string Kept)> ProjectAsync()
    {
        var project = Directory.CreateDirectory(Path.Combine(Checkout.Runtime, "one")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), """System.Console.WriteLine("one");""");
        await File.WriteAllTextAsync(Path.Combine(project, "one.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Import Project="{Path.Combine(Checkout.Root, Targets)}" />
            </Project>
            """);
        return (project, Path.Combine(project, "obj", "Release", "net10.0", "ahead"));
    }

    private Task<CommandResult> BuildAsync(string project, params string[] properties) => RunningCommand.RunAsync(
        project, Checkout.Environment, "dotnet",
        ["build", "-c", "Release", "-nodeReuse:false", "-v", "minimal", "-p:MlOpsBootstrap=true", .. properties]);

    private async Task<CommandResult> RunAsync(string project) =>
        (await RunningCommand.RunAsync(project, Checkout.Environment, "dotnet", [Output(project)])).Expect(0);
}
