using MlOpsBuild.Engine.Execution;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Tests;

/// <summary>Runs builds in a folder of their own and keeps what they print.</summary>
internal sealed class TestRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();

    public string Root => _folder.Path;

    public string Output => _output.ToString();

    public IEnumerable<string> Errors =>
        Output.Split('\n').Where(line => line.StartsWith("Error: ", StringComparison.Ordinal)).Select(line => line[7..]);

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The clock: a limit is reached only when a test moves it.</summary>
    public SteppedTime Time { get; } = new();

    /// <summary>Another clock than <see cref="Time"/>.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Whether the console is a terminal that wants colours.</summary>
    public bool Color { get; init; }

    public CancellationToken Stopping { get; init; }

    /// <summary>Environment variables the build took out of its process.</summary>
    public List<string> Concealed { get; } = [];

    /// <summary>How often the build ended the processes it had started.</summary>
    public int ChildrenEnded { get; private set; }

    public BuildContext Context(params string[] arguments) => new()
    {
        Arguments = arguments,
        Environment = Environment,
        Root = Root,
        WorkingDirectory = Root,
        Console = new BuildConsole(_output, Color),
        Time = Clock ?? Time,
        Stopping = Stopping,
        Conceal = Concealed.Add,
        EndChildren = () => ChildrenEnded++,
    };

    public Task<int> RunAsync(NukeBuild build, params string[] arguments) => new BuildRun(build, Context(arguments)).RunAsync(_ => []);

    public void Write(string relative, string text)
    {
        var path = _folder[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string Read(string relative) => File.ReadAllText(_folder[relative]);

    public bool Exists(string relative) => File.Exists(_folder[relative]);

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }
}
