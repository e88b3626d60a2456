using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class EnvironmentVariablesTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly List<string> _problems = [];

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("MLOPS_LEARNING_RATE")]
    [InlineData("NUKE_LEARNING_RATE")]
    [InlineData("LEARNING_RATE")]
    [InlineData("LearningRate")]
    public void Name_of_several_words_is_read_in_each_of_its_forms(string variable)
    {
        _run.Environment[variable] = "0.5";

        var value = Resolve()["learning-rate"];
        (value.Value, value.Source).ShouldBe((0.5, $"environment {variable}"));
        value.Variables.ShouldBe([variable]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void What_a_build_server_left_open_is_not_set(string value)
    {
        _run.Environment["MLOPS_PORT"] = value;

        Resolve().ContainsKey("port").ShouldBeFalse();
        _problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MLOPS_PORT", true)]
    [InlineData("NUKE_PORT", true)]
    [InlineData("PORT", false)]
    [InlineData("Port", false)]
    [InlineData("port", false)]
    public void Name_of_one_word_is_read_with_a_prefix_only(string variable, bool read)
    {
        _run.Environment[variable] = "80";

        Resolve().ContainsKey("port").ShouldBe(read);
        _problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MLOPS_NO_LOGO", true)]
    [InlineData("NUKE_NO_LOGO", false)]
    [InlineData("NO_LOGO", false)]
    [InlineData("NoLogo", false)]
    public void Switch_of_the_engine_is_read_with_its_own_prefix_only(string variable, bool read)
    {
        _run.Environment[variable] = "true";

        ParametersOf<Build>.Resolve(_run.Context(), _problems).ContainsKey("no-logo").ShouldBe(read);
    }

    [Fact]
    public void Variables_that_are_set_in_many_shells_end_no_build()
    {
        foreach (var name in (string[])
        [
            "HOST", "VERBOSITY", "HELP", "PLAN", "CONTINUE", "PARALLEL", "TARGET", "SKIP", "JSON", "PARTITION", "NUKE_HELP",
            "NUKE_VERBOSITY"
        ])
        {
            _run.Environment[name] = "nonsense";
        }

        ParametersOf<Build>.Resolve(_run.Context(), _problems).ShouldBeEmpty();
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Two_values_are_ambiguous()
    {
        _run.Environment["LEARNING_RATE"] = "0.5";
        _run.Environment["NUKE_LEARNING_RATE"] = "0.25";

        Resolve().ShouldBeEmpty();
        _problems.ShouldBe(
            ["--learning-rate is ambiguous: NUKE_LEARNING_RATE and LEARNING_RATE are set to different values; unset one, or set MLOPS_LEARNING_RATE."]);
    }

    [Fact]
    public void One_value_twice_is_not_ambiguous()
    {
        _run.Environment["LEARNING_RATE"] = "0.5";
        _run.Environment["NUKE_LEARNING_RATE"] = "0.5";

        Resolve()["learning-rate"].Value.ShouldBe(0.5);
    }

    [Fact]
    public void Own_prefix_wins_over_the_others_whatever_they_say()
    {
        _run.Environment["LEARNING_RATE"] = "0.5";
        _run.Environment["NUKE_LEARNING_RATE"] = "nonsense";
        _run.Environment["MLOPS_LEARNING_RATE"] = "0.75";

        var value = Resolve()["learning-rate"];
        value.Value.ShouldBe(0.75);
        value.Variables.ShouldBe(["MLOPS_LEARNING_RATE", "NUKE_LEARNING_RATE", "LEARNING_RATE"]);
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Ambiguous_variables_do_not_matter_when_the_command_line_says_it()
    {
        _run.Environment["LEARNING_RATE"] = "0.5";
        _run.Environment["NUKE_LEARNING_RATE"] = "0.25";

        Resolve("--learning-rate=1")["learning-rate"].Value.ShouldBe(1.0);
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void Empty_variable_counts_as_not_set()
    {
        _run.Environment["MLOPS_LEARNING_RATE"] = "";
        _run.Environment["LEARNING_RATE"] = "0.5";

        Resolve()["learning-rate"].Source.ShouldBe("environment LEARNING_RATE");
    }

    private Dictionary<string, ParameterValue> Resolve(params string[] arguments) =>
        ParametersOf<Sample>.Resolve(_run.Context(arguments), _problems);

    private sealed class Sample
    {
        [Parameter] public double LearningRate { get; set; }

        [Parameter] public int Port { get; set; }
    }

    private sealed class Build : NukeBuild;
}
