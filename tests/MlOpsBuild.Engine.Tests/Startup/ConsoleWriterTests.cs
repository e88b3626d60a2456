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
    public async Task Lines_of_two_targets_stay_whole()
    {
        var (left, right) = (new TaskCompletionSource(), new TaskCompletionSource());
        ExecutableTarget[] targets = [New("left"), New("right")];
        _console.BeginTargets(targets);

        await Task.WhenAll(Task.Run(() => WriteAsync(targets[0], left, right)), Task.Run(() => WriteAsync(targets[1], right, left)));
        _console.Advance();

        _output.ToString().ShouldBe("left left\nright right\n");
    }

    private static ExecutableTarget New(string name) =>
        new(name, typeof(ConsoleWriterTests), (Target)(definition => definition)) { Status = ExecutionStatus.Running };

    // Both have written their first half before either writes its second.
    private async Task WriteAsync(ExecutableTarget target, TaskCompletionSource own, TaskCompletionSource other)
    {
        var output = _console.OpenTarget(target, started: 0);
        _writer.Write(target.Name + " ");
        own.SetResult();
        await other.Task;
        _writer.WriteLine(target.Name);
        output.IsClosed = true;
    }
}
