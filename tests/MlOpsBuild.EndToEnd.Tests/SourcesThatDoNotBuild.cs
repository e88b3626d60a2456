using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A syntax error in the build and no package feed: what must act in an emergency still acts.</summary>
public sealed class SourcesThatDoNotBuild(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string LastGood = "last good program";

    [Fact]
    public async Task Status_rollback_and_stop_use_the_last_good_program()
    {
        await Checkout.DeployTwiceAsync();
        await BreakAsync("build/Build.cs");
        await TakeAwayPackagesAsync();

        (await Checkout.RunAsync("Status")).Expect(0).Output.ShouldSatisfyAllConditions(
            output => output.ShouldContain(LastGood), output => output.ShouldContain("v2"));
        (await Checkout.RunAsync("Rollback", "--reason", "on fire")).Expect(0).Output.ShouldSatisfyAllConditions(
            output => output.ShouldContain(LastGood), output => output.ShouldContain("v1 serves again instead of v2"));
        (await Checkout.RunAsync("Stop")).Expect(0).Output.ShouldContain(LastGood);
        Checkout.Processes().ShouldBeEmpty();
        (await Checkout.RunAsync("Train")).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Train_fails_with_the_compile_error()
    {
        await BreakAsync("src/MlOpsBuild.Core/Digest.cs"); // compiled first: the rest need not be

        var train = (await Checkout.RunAsync("Train")).Expect(1);

        train.Errors.ShouldContain("Digest.cs");
        train.Errors.ShouldContain("error CS");
        train.Errors.ShouldContain("nothing was run");
        Directory.Exists(Path.Combine(Checkout.Root, ".mlops")).ShouldBeFalse();
    }

    private Task BreakAsync(string file) => File.AppendAllTextAsync(Path.Combine(Checkout.Root, file), "this does not compile\n");

    private async Task TakeAwayPackagesAsync()
    {
        Checkout.Environment["NUGET_PACKAGES"] = Directory.CreateDirectory(Path.Combine(Checkout.Runtime, "no-packages")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(Checkout.Root, "nuget.config"),
            """<configuration><packageSources><clear /></packageSources><fallbackPackageFolders><clear /></fallbackPackageFolders></configuration>""");
    }
}
