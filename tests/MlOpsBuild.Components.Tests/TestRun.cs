using MlOpsBuild.Engine;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Tests;

/// <summary>Runs builds in a folder of their own and keeps what they print.</summary>
internal sealed class TestRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private StringWriter _output = new();

    public TestRun()
    {
        Directory.CreateDirectory(_folder["run"]);
        Environment["XDG_RUNTIME_DIR"] = _folder["run"];
        Directory.CreateDirectory(Root);
    }

    public string Root => _folder["checkout"];

    /// <summary>What the last build printed.</summary>
    public string Output => _output.ToString();

    public Dictionary<string, string> Environment { get; } = [];

    public MlOpsStore Store => MlOpsStore.At(Root, TimeProvider.System);

    public Task<IReadOnlyList<RunRecord>> RecordsAsync() => Store.Runs.OfAsync(nameof(SmallDemand), CancellationToken.None);

    public async Task<int> RunAsync<T>(params string[] arguments) where T : NukeBuild, new()
    {
        _output.Dispose();
        _output = new();
        return await BuildHost.RunAsync<T>(new()
        {
            Arguments = arguments, Environment = Environment, Root = Root, WorkingDirectory = Root, Console = new BuildConsole(_output, color: false),
        });
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }
}
