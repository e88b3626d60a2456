namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class CommandLineTests
{
    private readonly List<string> _problems = [];

    [Fact]
    public void Target_after_a_value_is_a_target()
    {
        var line = Parse("Train", "--learning-rate", "0.5", "Test", "--force", "Report");

        line.Targets.ShouldBe(["Train", "Test", "Report"]);
        line.Values["learning-rate"].ShouldBe(["0.5"]);
        line.Values["force"].ShouldBe(["true"]);
        _problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--learning-rate=-0.5")]
    [InlineData("--learning-rate", "-0.5")]
    [InlineData("-LearningRate", "-0.5")]
    [InlineData("--LEARNINGRATE=-0.5")]
    [InlineData("--learningrate", "-0.5")]
    public void Every_spelling_and_a_negative_number_are_understood(params string[] arguments)
    {
        Parse(arguments).Values["learning-rate"].ShouldBe(["-0.5"]);
        _problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("true", "--force")]
    [InlineData("true", "--force", "true")]
    [InlineData("false", "--force", "false")]
    [InlineData("false", "--force=false")]
    [InlineData("false", "--no-force")]
    [InlineData("true", "--no-force", "false")]
    [InlineData("false", "--no-force=true")]
    [InlineData("true", "--force", "false", "--force")]
    public void Switch_takes_no_word_or_true_or_false(string expected, params string[] arguments)
    {
        var line = Parse(arguments);

        line.Values["force"].ShouldBe([expected]);
        line.Targets.ShouldBeEmpty();
    }

    [Fact]
    public void Negated_switch_reads_true_in_any_case() => Parse("--no-force=True").Values["force"].ShouldBe(["false"]);

    [Fact]
    public void Negated_switch_with_another_value_is_refused()
    {
        var line = Parse("--no-force=maybe");

        (_problems.Count > 0 || line.Values["force"][0] == "maybe")
            .ShouldBeTrue("a value that is neither true nor false must not become true");
    }

    [Fact]
    public void Parameter_that_begins_with_no_is_itself() => Parse("--no-image").Values["no-image"].ShouldBe(["true"]);

    [Fact]
    public void List_takes_all_words_up_to_the_next_switch()
    {
        var line = Parse("--features", "temp", "-1", "hum", "--force", "Train", "--features=wind");

        line.Values["features"].ShouldBe(["temp", "-1", "hum", "wind"]);
        line.Targets.ShouldBe(["Train"]);
    }

    [Fact]
    public void Last_scalar_wins() => Parse("--epochs", "1", "--epochs=2").Values["epochs"].ShouldBe(["2"]);

    [Fact]
    public void Value_keeps_its_equals_signs_and_may_be_empty()
    {
        Parse("--name=a=b").Values["name"].ShouldBe(["a=b"]);
        Parse("--name=").Values["name"].ShouldBe([""]);
    }

    [Fact]
    public void Unknown_parameter_is_named_with_a_suggestion()
    {
        Parse("--learning-rte", "0.5");

        _problems.Single().ShouldBe("Unknown parameter --learning-rte. Did you mean --learning-rate?");
    }

    [Theory]
    [InlineData("--nosuch=secretvalue")]
    [InlineData("--nosuch", "secretvalue")]
    public void Value_of_an_unknown_parameter_is_neither_told_nor_a_target(params string[] arguments)
    {
        Parse(arguments).Targets.ShouldBeEmpty();

        _problems.Single().ShouldBe("Unknown parameter --nosuch.");
    }

    [Fact]
    public void Only_switches_are_negated()
    {
        Parse("--no-epochs").Values.ShouldBeEmpty();

        _problems.Single().ShouldStartWith("Unknown parameter --no-epochs.");
    }

    [Theory]
    [InlineData("--epochs")]
    [InlineData("--epochs", "--force")]
    public void Missing_value_says_what_is_needed(params string[] arguments)
    {
        Parse(arguments).Values.ContainsKey("epochs").ShouldBeFalse();

        _problems.Single().ShouldBe("--epochs needs a value: a whole number.");
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        Parse("--epoch", "3", "--name", "--nosuch", "--features");

        _problems.Count.ShouldBe(4);
        _problems[0].ShouldContain("--epoch. Did you mean --epochs?");
        _problems[1].ShouldContain("--name needs a value");
        _problems[2].ShouldContain("--nosuch");
        _problems[3].ShouldContain("--features needs a value");
    }

    [Fact]
    public void No_arguments_are_no_problem()
    {
        var line = Parse();

        line.Targets.ShouldBeEmpty();
        line.Values.ShouldBeEmpty();
        _problems.ShouldBeEmpty();
    }

    private CommandLine Parse(params string[] arguments) =>
        CommandLine.Parse(arguments, ParameterDeclaration.Of(typeof(Sample), []), _problems);

    private sealed class Sample
    {
        [Parameter] public double LearningRate { get; set; }

        [Parameter] public int Epochs { get; set; }

        [Parameter] public bool Force { get; set; }

        [Parameter] public bool NoImage { get; set; }

        [Parameter] public string? Name { get; set; }

        [Parameter] public string[]? Features { get; set; }
    }
}
