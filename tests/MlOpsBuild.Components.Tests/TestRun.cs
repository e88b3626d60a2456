using System.Text.Json.Nodes;
using MlOpsBuild.Engine;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Components.Tests;

/// <summary>Runs builds in a folder of their own and keeps what they print.</summary>
internal sealed class TestRun : IDisposable
{
    /// <summary>The commit that builds run on when they run on a host.</summary>
    public const string Commit = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed";

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

    /// <summary>What people type to start the build.</summary>
    public string Command { get; set; } = "./build.sh";

    public MlOpsStore Store => MlOpsStore.At(Root, TimeProvider.System);

    public Task<IReadOnlyList<RunRecord>> RecordsAsync() => Store.Runs.OfAsync(nameof(SmallDemand), CancellationToken.None);

    public async Task<int> RunAsync<T>(params string[] arguments) where T : NukeBuild, new()
    {
        _output.Dispose();
        _output = new();
        return await BuildHost.RunAsync<T>(new()
        {
            Arguments = arguments, Environment = Environment, Root = Root, WorkingDirectory = Root, Command = Command,
            Console = new BuildConsole(_output, color: false),
        });
    }

    /// <summary>From now on builds run on GitHub, for an event with this payload.</summary>
    public void RunOn(FakeGitHub host, JsonObject payload)
    {
        var file = Path.Combine(Root, "event.json");
        File.WriteAllText(file, payload.ToJsonString());
        foreach (var (name, value) in new[]
        {
            ("GITHUB_ACTIONS", "true"), ("GITHUB_REPOSITORY", host.Repository), ("GITHUB_SHA", Commit),
            ("GITHUB_API_URL", host.Address.ToString()), ("GITHUB_TOKEN", host.Token),
            ("GITHUB_EVENT_PATH", file), ("GITHUB_OUTPUT", Path.Combine(Root, "outputs")), ("GITHUB_RUN_NUMBER", "3"),
            ("GITHUB_RUN_ID", "77"),
        })
        {
            Environment[name] = value;
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }
}
