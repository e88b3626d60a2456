using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class ListParameterTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    internal interface IHazColumns : INukeBuild
    {
        [Parameter] IReadOnlyList<string>? Columns => TryGetValue(() => Columns);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_kind_of_list_takes_its_words()
    {
        (await _run.RunAsync(
            _build, "Go", "--array", "1", "2", "--list", "a", "b", "--read-only", "0.5", "-0.5", "--sequence", "x", "--columns", "c", "d",
            "--levels", "quiet", "normal"))
                .ShouldBe(0);

        _build.ShouldSatisfyAllConditions(
            () => _build.Array.ShouldBe([1, 2]),
            () => _build.List.ShouldBe(["a", "b"]),
            () => _build.ReadOnly.ShouldBe([0.5, -0.5]),
            () => _build.Sequence.ShouldBe(["x"]),
            () => ((IHazColumns)_build).Columns.ShouldBe(["c", "d"]),
            () => _build.Levels.ShouldBe([Verbosity.Quiet, Verbosity.Normal]));
    }

    [Fact]
    public async Task List_may_be_added_to()
    {
        await _run.RunAsync(_build, "Go", "--list", "a");

        _build.List!.Add("b");
        _build.List.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task File_and_environment_give_lists_too()
    {
        _run.Write(".nuke/parameters.json", """{ "array": [1, 2], "readOnly": 0.5 }""");
        _run.Environment["MLOPS_LIST"] = "a b";

        (await _run.RunAsync(_build, "Go")).ShouldBe(0);

        _build.Array.ShouldBe([1, 2]);
        _build.ReadOnly.ShouldBe([0.5]);
        _build.List.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task List_that_nobody_gives_keeps_what_it_had()
    {
        await _run.RunAsync(_build, "Go");

        _build.Array.ShouldBe([9]);
        _build.List.ShouldBeNull();
        ((IHazColumns)_build).Columns.ShouldBeNull();
    }

    [Fact]
    public async Task One_wrong_word_refuses_the_list()
    {
        (await _run.RunAsync(_build, "Go", "--array", "1", "x")).ShouldBe(2);

        _run.Errors.ShouldBe(["--array 'x' (command line) is not a whole number."]);
    }

    private sealed class Sample : NukeBuild, IHazColumns
    {
        [Parameter] public int[] Array { get; private set; } = [9];

        [Parameter] public List<string>? List { get; private set; }

        [Parameter] public IReadOnlyList<double>? ReadOnly { get; private set; }

        [Parameter] public IEnumerable<string>? Sequence { get; private set; }

        [Parameter] public Verbosity[]? Levels { get; private set; }

        public Target Go => _ => _.Executes(() => { });
    }
}
