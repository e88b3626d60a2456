namespace MlOpsBuild.Engine.Tests;

public sealed class BuildConsoleTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Plain_output_has_no_escape_codes()
    {
        var console = new BuildConsole(_output, color: false);
        foreach (var tone in Enum.GetValues<ConsoleTone>())
        {
            console.Line("text", tone);
        }

        console.Table(["Name"], [["value"]]);

        _output.ToString().ShouldStartWith("text\ntext\n");
        _output.ToString().ShouldNotContain('\e');
    }

    [Fact]
    public void Where_only_data_is_wanted_the_rest_goes_elsewhere_and_secrets_go_nowhere()
    {
        using var errors = new StringWriter();
        var console = new BuildConsole(_output, color: false, errors: errors);
        console.Mask("abc+def/ghi=");
        console.KeepOutputForData();

        console.Line("for people");
        console.Data("""{"key": "abc+def/ghi="}""");

        _output.ToString().ShouldBe("{\"key\": \"***\"}\n");
        errors.ToString().ShouldBe("for people\n");
    }

    [Theory]
    [InlineData(ConsoleTone.Good, "\e[32mdone\e[0m\n")]
    [InlineData(ConsoleTone.Bad, "\e[31mdone\e[0m\n")]
    [InlineData(ConsoleTone.Warning, "\e[33mdone\e[0m\n")]
    [InlineData(ConsoleTone.Plain, "done\n")]
    public void Terminal_shows_the_tone(ConsoleTone tone, string written)
    {
        new BuildConsole(_output, color: true).Line("done", tone);

        _output.ToString().ShouldBe(written);
    }

    [Fact]
    public void Secret_is_masked_in_lines_and_tables()
    {
        var console = new BuildConsole(_output, color: false);
        console.Line("before hunter2");
        console.Mask("hunter2");
        console.Line("user:hunter2@host hunter2");
        console.Table(["Token"], [["hunter2"]]);

        _output.ToString().ShouldStartWith("before hunter2\nuser:***@host ***\n");
        _output.ToString().Split("hunter2").Length.ShouldBe(2);
    }

    [Fact]
    public void Secret_that_begins_another_leaves_nothing_of_it()
    {
        var console = new BuildConsole(_output, color: false);
        console.Mask("abc");
        console.Mask("abcdef");
        console.Line("abcdef abc");

        _output.ToString().ShouldBe("*** ***\n");
    }

    [Fact]
    public void Secret_in_a_cell_too_wide_for_the_table_is_masked()
    {
        var console = new BuildConsole(_output, color: false);
        console.Mask("hunter2hunter2");
        for (var width = 140; width < 160; width++)
        {
            console.Table(["Notes"], [[new string('x', width) + "hunter2hunter2"]]);
        }

        _output.ToString().ShouldNotContain("hun");
        _output.ToString().ShouldNotContain("er2");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Blank_secret_masks_nothing(string secret)
    {
        var console = new BuildConsole(_output, color: false);
        console.Mask(secret);
        console.Line("a b");

        _output.ToString().ShouldBe("a b\n");
    }

    [Fact]
    public void Table_shows_headers_and_cells_as_plain_text()
    {
        new BuildConsole(_output, color: false).Table(["Target", "[Notes]"], [["Train", "[red]x[/]"], ["Test", "ok"]]);

        var lines = _output.ToString().Split('\n');
        lines.ShouldContain(line => line.Contains("Target", StringComparison.Ordinal)
            && line.Contains("[Notes]", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("Train", StringComparison.Ordinal)
            && line.Contains("[red]x[/]", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("Test", StringComparison.Ordinal) && line.Contains("ok", StringComparison.Ordinal));
    }

    [Fact]
    public void Broken_output_is_ignored_from_then_on()
    {
        using var broken = new BrokenWriter();
        var console = new BuildConsole(broken, color: false);

        console.Line("one");
        console.Line("two");

        broken.Attempts.ShouldBe(1);
    }

    [Fact]
    public void Lines_of_many_threads_stay_whole()
    {
        var console = new BuildConsole(_output, color: false);

        Parallel.For(0, 200, _ => console.Line("0123456789"));

        _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line == "0123456789");
        _output.ToString().Length.ShouldBe(200 * 11);
    }
}
