using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A fresh clone, and what commands leave in it.</summary>
public sealed class ColdBuild(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public void The_first_command_builds_the_program_with_one_line_and_runs()
    {
        // The fixture's own build is the clean one; building a second time would only cost time.
        Repository.ColdBuild.Errors.Trim().ShouldBe("Building the build program …");
        Repository.ColdBuild.Output.ShouldContain("Nothing has been deployed yet");
        Repository.FilesAfter.ShouldBe(Repository.FilesBefore);
    }

    [Fact]
    public async Task A_run_leaves_nothing_outside_the_ignored_folders()
    {
        var before = SourceTree.List(Checkout.Root);

        await Checkout.DeployAsync("Report");
        (await Checkout.RunAsync("Stop")).Expect(0);

        SourceTree.List(Checkout.Root).ShouldBe(before);
    }
}
