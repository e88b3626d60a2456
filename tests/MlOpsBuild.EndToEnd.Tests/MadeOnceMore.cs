using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A version is what its lineage says: its commit, its data and its parameters give the same model to the bit.</summary>
public sealed class MadeOnceMore(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private const string Commit = "-c user.name=Ann -c user.email=ann@example.com commit -q --allow-empty";

    [Fact]
    [Trait("Category", "Nightly")] // compiles the whole program twice more
    public async Task Every_version_of_the_sample_is_reproduced_to_the_bit_and_what_is_not_says_why()
    {
        (await Checkout.ShellAsync($"git init -q --initial-branch=main . && git add -A && git {Commit} -m start")).Expect(0);
        (await Checkout.RunAsync("Package")).Expect(0);
        (await Checkout.RunAsync("Package", "--set", "trees=40")).Expect(0);

        (await Checkout.RunAsync("Reproduce", "v1")).Expect(0).Output.ShouldContain("v1 is reproduced: model ");
        (await Checkout.RunAsync("Reproduce", "v2")).Expect(0).Output.ShouldContain("v2 is reproduced: model ");
        (await Checkout.ShellAsync("git worktree list | wc -l && git status --porcelain | wc -l"))
            .Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ShouldBe([1, 0]);

        // Another trainer's default, beside the commit.
        (await Checkout.ShellAsync("sed -i 's/\"trees\", 100/\"trees\", 60/' pipelines/BikeDemand/BikeDemand.cs")).Expect(0);
        (await Checkout.RunAsync("Package", "--set", "ridge=false")).Expect(0);

        var dirty = (await Checkout.RunAsync("Reproduce", "v3")).Expect(0);

        // The parameter is recorded: it makes the same model from the commit, whatever the default is there.
        dirty.Output.ShouldContain("v3 is reproduced: model ");
    }
}
