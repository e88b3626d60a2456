using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Tooling.Tests;

/// <summary>Programs that targets start.</summary>
public sealed class ProcessTasksTests : IDisposable
{
    private readonly TestRun _run = new() { Clock = TimeProvider.System };

    public ProcessTasksTests()
    {
        _run.Environment["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!;
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Lines_are_printed_and_given_back_and_the_call_is_told()
    {
        (await _run.RunAsync(new ProgramBuild(), "Echo")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("/printf \"%s|%s\\n\" \"two words\" one");
        _run.Output.ShouldContain("two words|one");
        _run.Output.ShouldContain("1 line: Std two words|one");
    }

    [Fact]
    public async Task A_value_is_one_argument_whatever_stands_in_it()
    {
        (await _run.RunAsync(new ProgramBuild(), "Quote", "--value", "a \"b\" \\ --c; $(d) \\\"")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("[a \"b\" \\ --c; $(d) \\\"][]");
        _run.Output.ShouldContain("[x=a \"b\" \\ --c; $(d) \\\"][y]");
    }

    [Fact]
    public async Task A_value_that_is_to_be_hidden_is_hidden()
    {
        (await _run.RunAsync(new ProgramBuild(), "Hide", "--value", "sesame-open")).ShouldBe(0, _run.Output);

        _run.Output.ShouldNotContain("sesame-open");
        _run.Output.ShouldContain("***");
    }

    [Fact]
    public async Task Another_exit_code_fails_with_the_last_lines()
    {
        (await _run.RunAsync(new ProgramBuild(), "Fail")).ShouldBe(1);

        _run.Output.ShouldContain("ended with exit code 7");
        _run.Output.ShouldContain("the reason");
    }

    [Fact]
    public async Task A_program_whose_time_is_up_is_ended()
    {
        (await _run.RunAsync(new ProgramBuild(), "Hang")).ShouldBe(1);

        _run.Output.ShouldContain("was ended: its time was up");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_by_name()
    {
        (await _run.RunAsync(new ProgramBuild(), "Missing")).ShouldBe(1);

        _run.Output.ShouldContain("Program 'no-such-program' is not on the search path");
    }

    [Fact]
    public async Task The_environment_that_is_given_is_all_that_it_sees()
    {
        (await _run.RunAsync(new ProgramBuild(), "See")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("seen: ONLY=this");
    }

    [Fact]
    public async Task A_variable_may_name_another_program()
    {
        _run.Environment["PRINTF_EXE"] = "/bin/echo";

        (await _run.RunAsync(new ProgramBuild(), "Named")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("> /bin/echo said");
    }
}
