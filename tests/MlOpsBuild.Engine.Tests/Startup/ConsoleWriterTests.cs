namespace MlOpsBuild.Engine.Startup.Tests;

public sealed class ConsoleWriterTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly BuildConsole _console;
    private readonly ConsoleWriter _writer;

    public ConsoleWriterTests()
    {
        _console = new BuildConsole(_output, color: false);
        _writer = new ConsoleWriter(_console);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Line_is_printed_when_it_is_whole()
    {
        _writer.Write("half ");
        _output.ToString().ShouldBeEmpty();
        _writer.WriteLine("a line");
        _writer.Write("two\r\nthree\n");

        _output.ToString().ShouldBe("half a line\ntwo\nthree\n");
    }

    [Fact]
    public void Secret_written_in_two_halves_is_masked()
    {
        _console.Mask("hunter2");

        _writer.Write("hunt");
        _writer.WriteLine("er2");

        _output.ToString().ShouldBe("***\n");
    }

    [Fact]
    public async Task Lines_of_two_flows_stay_whole()
    {
        var (left, right) = (new TaskCompletionSource(), new TaskCompletionSource());

        await Task.WhenAll(Task.Run(() => WriteAsync("left", left, right)), Task.Run(() => WriteAsync("right", right, left)));

        _output.ToString().Split('\n').Order().ShouldBe(["", "left left", "right right"]);
    }

    // Both have written their first half before either writes its second.
    private async Task WriteAsync(string name, TaskCompletionSource own, TaskCompletionSource other)
    {
        _writer.Write(name + " ");
        own.SetResult();
        await other.Task;
        _writer.WriteLine(name);
    }
}
