using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>What a change makes of the commit it starts from.</summary>
public sealed class MergeBase(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private const string Commit = "-c user.name=Ann -c user.email=ann@example.com commit -q --allow-empty";

    [Fact]
    [Trait("Category", "Nightly")] // compiles the whole program once more
    public async Task Commit_that_nobody_tested_is_tested_when_asked_and_left_as_it_was()
    {
        (await Checkout.ShellAsync(
            $"git init -q --initial-branch=main . && git add -A && git {Commit} -m start && git switch -q -c change && git {Commit} -m change"))
            .Expect(0);
        var start = (await Checkout.ShellAsync("git rev-parse main")).Expect(0).Output.Trim();

        var asked = (await Checkout.RunAsync("TestModel", "Report", "--train-merge-base")).Expect(0);

        asked.Output.ShouldContain($"testing {start}, which the change starts from");
        asked.Output.ShouldContain($"Merge base of main: {start[..12]}, run ");
        var runs = await Checkout.Store.Runs.OfAsync(Checkout.Pipeline, CancellationToken.None);
        runs.Select(run => run.Source!.Commit == start).ShouldBe([true, false]);
        (await Checkout.ShellAsync("git worktree list | wc -l && git status --porcelain | wc -l"))
            .Expect(0)
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(int.Parse)
            .ShouldBe([1, 0]);

        // Known now: the next report needs no second build.
        var again = (await Checkout.RunAsync("TestModel", "Report", "--train-merge-base")).Expect(0);
        again.Output.ShouldNotContain("which the change starts from");
        again.Output.ShouldContain($"Merge base of main: {start[..12]}, run ");
    }
}
