namespace MlOpsBuild.Engine.Startup.Tests;

public sealed class HalfLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly ConsoleWriter _writer;

    public HalfLineTests() => _writer = new ConsoleWriter(new BuildConsole(_output, color: false));

    public void Dispose()
    {
        _writer.Dispose();
        _output.Dispose();
    }

    // What an asynchronous callee sets in an AsyncLocal is gone when it returns, and with it the half line.
    [Fact]
    public async Task Half_a_line_of_an_asynchronous_callee_is_not_lost()
    {
        await HalfAsync();
        await _writer.WriteLineAsync("a line");

        _output.ToString().ShouldBe("half a line\n");
    }

    [Fact]
    public void Last_line_without_a_break_is_printed_at_a_flush()
    {
        _writer.Write("the end");
        _writer.Flush();

        _output.ToString().ShouldBe("the end\n");
    }

    private async Task HalfAsync()
    {
        await Task.Yield();
        await _writer.WriteAsync("half ");
    }
}
