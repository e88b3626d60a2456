using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

/// <summary>The word after a target that takes one.</summary>
public sealed class OperandTests : IDisposable
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Operands = new()
    {
        ["Lineage"] = ["of"], ["Show"] = ["what"], ["Diff"] = ["before", "after"], ["Compare"] = ["models*"],
    };
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("Lineage", "v3")]
    [InlineData("lineage", "v3")]
    [InlineData("LINEAGE", "http://127.0.0.1:5000/")]
    public void The_word_after_the_target_is_its_parameter(params string[] words)
    {
        var line = With(words);

        line.Targets.ShouldBe([words[0]]);
        line.Values["of"].ShouldBe([words[1]]);
    }

    [Fact]
    public void A_target_without_a_word_after_it_has_none() => With("Lineage").Values.ShouldBeEmpty();

    [Fact]
    public void A_parameter_that_takes_all_words_takes_all_that_follow()
    {
        var line = With("Status", "Compare", "v1", "v2", "run:20261129");

        line.Targets.ShouldBe(["Status", "Compare"]);
        line.Values["models"].ShouldBe(["v1", "v2", "run:20261129"]);
    }

    [Fact]
    public void Words_are_added_to_those_that_a_switch_gave()
    {
        var line = After(new() { ["models"] = ["v1"] }, "Compare", "v2");

        line.Targets.ShouldBe(["Compare"]);
        line.Values["models"].ShouldBe(["v1", "v2"]);
    }

    [Fact]
    public void Only_one_word_is_taken()
    {
        var line = With("Lineage", "v3", "Status");

        line.Targets.ShouldBe(["Lineage", "Status"]);
        line.Values["of"].ShouldBe(["v3"]);
    }

    [Fact]
    public void A_value_that_was_given_by_name_leaves_the_word_a_target()
    {
        var line = After(new() { ["of"] = ["v1"] }, "Lineage", "v3");

        line.Targets.ShouldBe(["Lineage", "v3"]);
        line.Values["of"].ShouldBe(["v1"]);
    }

    [Fact]
    public void Each_target_takes_its_own_word()
    {
        var line = With("Lineage", "v3", "Show", "all", "Status");

        line.Targets.ShouldBe(["Lineage", "Show", "Status"]);
        (line.Values["of"][0], line.Values["what"][0]).ShouldBe(("v3", "all"));
    }

    [Fact]
    public void A_target_may_take_several_words_and_leaves_what_is_too_many()
    {
        var line = With("Diff", "v1", "v2", "Status");

        line.Targets.ShouldBe(["Diff", "Status"]);
        (line.Values["before"][0], line.Values["after"][0]).ShouldBe(("v1", "v2"));
        After(new() { ["before"] = ["v0"] }, "Diff", "v2").Values["after"].ShouldBe(["v2"]);
    }

    [Fact]
    public void A_word_before_the_target_is_a_target() => With("v3", "Lineage").Targets.ShouldBe(["v3", "Lineage"]);

    [Fact]
    public void Where_no_target_takes_a_word_nothing_changes() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>[]>(),
        words => new CommandLine(
            [.. words.Select(word => word.Get)],
            new Dictionary<string, IReadOnlyList<string>>()).WithOperands(new Dictionary<string, IReadOnlyList<string>>()).Targets
            .SequenceEqual(words.Select(word => word.Get))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_word_is_lost() => Prop.ForAll(
        Gen.Elements("Lineage", "Show", "v3", "Status").ArrayOf().ToArbitrary(),
        words =>
        {
            var line = With(words);
            return line.Targets.Concat(line.Values.Values.SelectMany(value => value))
                .Order(StringComparer.Ordinal)
                .SequenceEqual(words.Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_build_reads_the_word_like_any_parameter()
    {
        var build = new OperandBuild();

        (await _run.RunAsync(build, "Lineage", "v3", "--force")).ShouldBe(0, _run.Output);

        build.Ran.ShouldBe(["Lineage of v3"]);
        _run.Read(".mlops/last-run.json").ShouldContain("\"v3\"");
    }

    [Fact]
    public async Task A_second_word_is_an_unknown_target()
    {
        (await _run.RunAsync(new OperandBuild(), "Lineage", "v3", "v4")).ShouldBe(2);

        _run.Errors.Single().ShouldStartWith("Unknown target 'v4'.");
    }

    [Fact]
    public async Task The_word_wins_over_environment_and_file()
    {
        _run.Environment["MLOPS_OF"] = "v1";
        _run.Write(".nuke/parameters.json", """{ "of": "v2" }""");
        var build = new OperandBuild();

        await _run.RunAsync(build, "Lineage", "v3");

        build.Ran.ShouldBe(["Lineage of v3"]);
    }

    private static CommandLine With(params string[] targets) => After([], targets);

    private static CommandLine After(Dictionary<string, IReadOnlyList<string>> values, params string[] targets) =>
        new CommandLine(targets, values).WithOperands(Operands);

    private sealed class OperandBuild : RecordingBuild
    {
        protected internal override IReadOnlyDictionary<string, IReadOnlyList<string>> Operands =>
            new Dictionary<string, IReadOnlyList<string>> { ["Lineage"] = ["of"] };

        [Parameter] public string? Of { get; private set; }

        [Parameter] public bool Force { get; private set; }

        public Target Lineage => _ => _.Executes(() => Ran.Add($"Lineage of {Of}"));
    }
}
