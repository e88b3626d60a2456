using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Caching.Tests;

public sealed class CachedTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public CachedTargetTests()
    {
        Write("raw/a.txt", "1");
        Write("raw/b.txt", "2");
    }

    private int Runs => File.Exists(PathOf("runs.log")) ? File.ReadAllLines(PathOf("runs.log")).Length : 0;

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_target_whose_inputs_did_not_change_is_restored_with_all_that_it_made()
    {
        await RunAsync(ExitCodes.Passed, "Sum");
        _run.Output.ShouldContain("Sum: done in");
        Directory.Delete(PathOf("made"), recursive: true);

        await RunAsync(ExitCodes.Passed, "Sum");

        Runs.ShouldBe(1);
        _run.Output.ShouldContain("Sum: restored");
        (Read("made/sum.txt"), Read("made/parts/count")).ShouldBe(("6", "2"));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(PathOf("made/sum.txt")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
            File.GetUnixFileMode(PathOf("made/parts/count")).HasFlag(UnixFileMode.UserExecute).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task What_changed_is_the_reason_to_run()
    {
        await RunAsync(ExitCodes.Passed, "Sum");
        await RunAsync(ExitCodes.Passed, "Sum", "--factor", "3");
        _run.Output.ShouldContain("Factor changed");
        Read("made/sum.txt").ShouldBe("9");

        Write("raw/b.txt", "5");
        await RunAsync(ExitCodes.Passed, "Sum", "--factor", "3");
        _run.Output.ShouldContain("raw/b.txt changed");
        Read("made/sum.txt").ShouldBe("18");

        Write("raw/b.txt", "2");
        await RunAsync(ExitCodes.Passed, "Sum");
        _run.Output.ShouldContain("Sum: restored");
        Read("made/sum.txt").ShouldBe("6", "what is restored is what these inputs gave, not what stood there last");
        Runs.ShouldBe(3);
    }

    [Fact]
    public async Task A_target_on_the_outputs_of_another_is_restored_with_it()
    {
        await RunAsync(ExitCodes.Passed, "Twice");
        Read("twice.txt").ShouldBe("12");

        await RunAsync(ExitCodes.Passed, "Twice", "--factor", "4");
        Read("twice.txt").ShouldBe("24");

        await RunAsync(ExitCodes.Passed, "Twice");
        (Read("twice.txt"), Runs).ShouldBe(("12", 2));
        _run.Output.ShouldContain("Twice: restored");
    }

    [Fact]
    public async Task What_was_written_into_an_output_by_hand_is_put_right_told_and_not_lost()
    {
        await RunAsync(ExitCodes.Passed, "Sum");
        Write("made/sum.txt", "7");
        Write("made/parts/extra", "by hand");

        await RunAsync(ExitCodes.Passed, "Sum");

        Read("made/sum.txt").ShouldBe("6");
        File.Exists(PathOf("made/parts/extra")).ShouldBeFalse();
        _run.Output.ShouldContain("made/sum.txt is put back as the target made it");
        _run.Output.ShouldContain("made/parts/extra is put back as no file");
        File.ReadAllText(_run.Store.Blobs.PathOf(Digest.Of("by hand"))).ShouldBe("by hand");
    }

    [Fact]
    public async Task Where_the_work_fails_what_stood_there_stands_there_again()
    {
        await RunAsync(ExitCodes.Passed, "Sum");
        Write("raw/c.txt", "4");

        await RunAsync(1, "Sum", "--wrong", "fails");

        _run.Output.ShouldContain("The adder broke");
        (Read("made/sum.txt"), Read("made/parts/count")).ShouldBe(("6", "2"));

        await RunAsync(ExitCodes.Passed, "Sum");
        (Read("made/sum.txt"), Runs).ShouldBe(("14", 3), "a failure is not kept");
    }

    [Fact]
    public async Task An_output_of_an_earlier_run_does_not_pass_for_one_of_this_run()
    {
        await RunAsync(ExitCodes.Passed, "Sum");
        Write("raw/c.txt", "4");

        await RunAsync(1, "Sum", "--wrong", "forgets");

        _run.Output.ShouldContain("made/sum.txt: The target did not make an output");
        Read("made/sum.txt").ShouldBe("6");
    }

    [Fact]
    public async Task Verified_targets_run_again_and_a_difference_fails()
    {
        await RunAsync(ExitCodes.Passed, "Sum", "--verify-cache");
        await RunAsync(ExitCodes.Passed, "Sum", "--verify-cache");
        _run.Output.ShouldContain("Sum: verified");
        Runs.ShouldBe(2);

        await RunAsync(3, "Sum", "--verify-cache", "--wrong", "guesses");
        _run.Output.ShouldContain("Sum: made/sum.txt: A stage gave another result for the same inputs");
        _run.Output.ShouldNotContain("made/parts/count:");
    }

    [Fact]
    public async Task The_plan_tells_whether_it_would_be_restored_and_touches_nothing()
    {
        await RunAsync(ExitCodes.Passed, "--plan", "Twice");
        _run.Output.ShouldContain("Sum: would run (first run)");
        _run.Output.ShouldContain("2. Twice: named; after Sum");
        await RunAsync(ExitCodes.Passed, "Twice");
        Directory.Delete(PathOf("made"), recursive: true);

        await RunAsync(ExitCodes.Passed, "--plan", "Sum");

        _run.Output.ShouldContain("Sum: would be restored");
        (Directory.Exists(PathOf("made")), Runs).ShouldBe((false, 1));
    }

    [Fact]
    public async Task A_link_among_the_outputs_is_refused_rather_than_lost()
    {
        await RunAsync(1, "Sum", "--wrong", "links");

        _run.Output.ShouldContain("made/parts/link: A link among the outputs is not kept");
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("raw/a.txt")]
    [InlineData("made/parts/../../.git/hooks/post-commit")]
    public async Task What_a_changed_state_says_is_not_followed_out_of_the_outputs(string elsewhere)
    {
        await RunAsync(ExitCodes.Passed, "Sum");
        var entry = Directory.GetFiles(PathOf(".mlops/stages"), "*.json", SearchOption.AllDirectories)
            .Single(file => !file.Contains("/last/", StringComparison.Ordinal));
        await File.WriteAllTextAsync(
            entry, (await File.ReadAllTextAsync(entry)).Replace("made/parts/count", elsewhere, StringComparison.Ordinal));

        await RunAsync(1, "Sum");

        _run.Output.ShouldContain($"{elsewhere}: An output lies where the target makes none");
        (File.Exists(PathOf("../outside.txt")), File.Exists(PathOf(".git/hooks/post-commit")), Read("raw/a.txt"))
            .ShouldBe((false, false, "1"));
    }

    [Fact]
    public async Task Wrong_places_are_told_all_at_once_before_the_work()
    {
        await RunAsync(ExitCodes.WrongUsage, "Misplaced");
        foreach (var place in new[] { "'../beside'", "'.git/hooks'", "'*.txt'" })
        {
            _run.Output.ShouldContain($"No place for outputs {place}");
        }

        await RunAsync(ExitCodes.WrongUsage, "Circular");
        _run.Output.ShouldContain("A file is an input and an output 'raw/a.txt'");
        _run.Output.ShouldContain("No file matches an input 'nothing/**'");

        await RunAsync(ExitCodes.WrongUsage, "Pointless");
        _run.Output.ShouldContain("A target with inputs has no outputs");
    }

    private async Task RunAsync(int exitCode, params string[] arguments) =>
        (await _run.RunAsync<CachedBuild>(arguments)).ShouldBe(exitCode, _run.Output);

    private string PathOf(string name) => Path.Combine(_run.Root, name);

    private string Read(string name) => File.ReadAllText(PathOf(name));

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }
}
