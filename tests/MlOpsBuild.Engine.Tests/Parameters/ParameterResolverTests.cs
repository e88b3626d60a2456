using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class ParameterResolverTests : IDisposable
{
    private const string File = ".nuke/parameters.json";
    private readonly TestRun _run = new();
    private readonly List<string> _problems = [];

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Command_line_wins_over_environment_over_file()
    {
        _run.Write(File, """{ "epochs": 1, "name": "file", "rate": 0.25 }""");
        _run.Environment["MLOPS_EPOCHS"] = "2";
        _run.Environment["MLOPS_NAME"] = "environment";

        var values = Resolve("--epochs", "3");

        Said(values["epochs"]).ShouldBe((3, "command line"));
        Said(values["name"]).ShouldBe(("environment", "environment MLOPS_NAME"));
        Said(values["rate"]).ShouldBe((0.25, ".nuke/parameters.json"));
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Parameter_nobody_gives_has_no_value() => Resolve().ShouldBeEmpty();

    [Fact]
    public void Variable_without_the_prefix_is_ignored()
    {
        _run.Environment["EPOCHS"] = "2";
        _run.Environment["NAME"] = "somebody";

        Resolve().ShouldBeEmpty();
    }

    [Fact]
    public void Weaker_source_is_not_even_converted()
    {
        _run.Environment["MLOPS_EPOCHS"] = "nonsense";

        Resolve("--epochs", "3")["epochs"].Value.ShouldBe(3);
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Every_type_is_converted()
    {
        var values = Resolve(
            "--epochs", "3", "--rate=-0.5", "--force", "--name", "x", "--wait", "5m", "--level", "quiet", "--data", "hour.csv", "--sizes",
            "1", "2", "--port", "80");

        values.ToDictionary(pair => pair.Key, pair => pair.Value.Value).ShouldBe(
            new Dictionary<string, object?>
            {
                ["epochs"] = 3,
                ["rate"] = -0.5,
                ["force"] = true,
                ["name"] = "x",
                ["wait"] = TimeSpan.FromMinutes(5),
                ["level"] = Verbosity.Quiet,
                ["data"] = (AbsolutePath)Path.Combine(_run.Root, "hour.csv")!,
                ["sizes"] = values["sizes"].Value,
                ["port"] = 80,
            },
            ignoreOrder: true);
        values["sizes"].Value.ShouldBeOfType<int[]>().ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("a b", new[] { "a", "b" })]
    [InlineData(" a  b ", new[] { "a", "b" })]
    public void Environment_list_is_separated_by_blanks(string variable, string[] features)
    {
        _run.Environment["MLOPS_FEATURES"] = variable;

        Resolve()["features"].Value.ShouldBe(features);
    }

    [Fact]
    public void Separator_separates_on_the_command_line_and_in_the_environment()
    {
        Resolve("--tags", "a+b", "c d")["tags"].Value.ShouldBe(new[] { "a", "b", "c d" });
        _run.Environment["MLOPS_TAGS"] = "a+b c";
        Resolve()["tags"].Value.ShouldBe(new[] { "a", "b c" });
    }

    [Fact]
    public void File_may_hold_numbers_flags_texts_and_lists_in_any_spelling_of_the_name()
    {
        _run.Write(File, """{ "$schema": "x", "Epochs": 3, "force": false, "Rate": "-0.5", "features": ["a", "b"], "SIZES": [1, 2] }""");

        var values = Resolve();

        _problems.ShouldBeEmpty();
        values["epochs"].Value.ShouldBe(3);
        values["force"].Value.ShouldBe(false);
        values["rate"].Value.ShouldBe(-0.5);
        values["features"].Value.ShouldBe(new[] { "a", "b" });
        values["sizes"].Value.ShouldBe(new[] { 1, 2 });
    }

    [Fact]
    public void Unknown_key_in_the_file_is_told_with_a_suggestion()
    {
        _run.Write(File, """{ "epoch": 3 }""");

        Resolve();

        _problems.Single().ShouldBe(".nuke/parameters.json: unknown parameter 'epoch'. Did you mean epochs?");
    }

    [Theory]
    [InlineData("{ \"epochs\": ")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("3")]
    public void File_that_is_no_json_object_is_a_problem(string text)
    {
        _run.Write(File, text);

        Resolve();

        _problems.Single().ShouldContain(".nuke/parameters.json");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1, 2]")]
    [InlineData("{}")]
    public void Only_one_value_fits_a_scalar_in_the_file(string value)
    {
        _run.Write(File, $$"""{ "epochs": {{value}} }""");

        Resolve().ShouldNotContainKey("epochs");
        _problems.Single().ShouldContain("epochs");
    }

    [Fact]
    public void Null_in_the_file_and_an_empty_variable_count_as_not_given()
    {
        _run.Write(File, """{ "epochs": null }""");
        _run.Environment["MLOPS_FEATURES"] = "";

        Resolve().ShouldBeEmpty();
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Relative_path_in_the_file_starts_at_the_root()
    {
        _run.Write(File, """{ "data": "data/hour.csv" }""");
        var elsewhere = _run.Context() with { WorkingDirectory = Path.GetTempPath() };

        Resolve(elsewhere)["data"].Value.ShouldBe((AbsolutePath)Path.Combine(_run.Root, "data", "hour.csv")!);
    }

    [Fact]
    public void Relative_path_on_the_command_line_starts_at_the_working_directory()
    {
        var elsewhere = _run.Context("--data", "hour.csv") with { WorkingDirectory = Path.GetTempPath() };

        Resolve(elsewhere)["data"].Value.ShouldBe((AbsolutePath)Path.Combine(Path.GetTempPath(), "hour.csv")!);
    }

    [Fact]
    public void Every_bad_value_is_told_with_its_source_at_once()
    {
        _run.Write(File, """{ "rate": "much" }""");
        _run.Environment["MLOPS_FORCE"] = "perhaps";

        Resolve("--epochs", "abc", "--sizes", "1", "x").ShouldBeEmpty();

        _problems.ShouldBe(
            [
                "--epochs 'abc' (command line) is not a whole number.",
                "--rate 'much' (.nuke/parameters.json) is not a number such as 0.5.",
                "--force 'perhaps' (environment MLOPS_FORCE) is not true or false.",
                "--sizes 'x' (command line) is not a whole number.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Secret_value_is_never_in_a_message()
    {
        Resolve("--pin", "hunter2");

        _problems.Single().ShouldBe("--pin '***' (command line) is not a whole number.");
    }

    private static (object? Value, string Source) Said(ParameterValue value) => (value.Value, value.Source);

    private Dictionary<string, ParameterValue> Resolve(params string[] arguments) => Resolve(_run.Context(arguments));

    private Dictionary<string, ParameterValue> Resolve(BuildContext context) => ParametersOf<Sample>.Resolve(context, _problems);

    private sealed class Sample
    {
        [Parameter] public int Epochs { get; set; }

        [Parameter] public double? Rate { get; set; }

        [Parameter] public bool Force { get; set; }

        [Parameter] public string? Name { get; set; }

        [Parameter] public TimeSpan? Wait { get; set; }

        [Parameter] public Verbosity Level { get; set; }

        [Parameter] public AbsolutePath? Data { get; set; }

        [Parameter] public int[]? Sizes { get; set; }

        [Parameter] public string[]? Features { get; set; }

        [Parameter(Separator = "+")] public string[]? Tags { get; set; }

        [Parameter, Secret] public int? Pin { get; set; }

        [Parameter] public int? Port { get; set; }
    }
}
