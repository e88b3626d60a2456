namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>
/// Somebody else's machine, once for all classes: an empty home, no packages, and what README.md's "In a
/// repository of your own" left there.
/// </summary>
public sealed class InstalledTemplate : IAsyncLifetime
{
    private static readonly Lazy<Task<InstalledTemplate>> Only = new(InstallAsync);
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-newcomer-").FullName;
    private InstalledTemplate _installed = null!;
    private CommandResult _printed = null!;

    /// <summary>What the printed commands ended with; the repository that they made is <c>shop</c>.</summary>
    public CommandResult Printed => _installed._printed;

    private static IReadOnlyList<string> PrintedCommands =>
        DocumentBlock.Of("README.md").First(block => block.Heading == "In a repository of your own").Commands;

    /// <inheritdoc />
    public async Task InitializeAsync() => _installed = await Only.Value;

    /// <inheritdoc />
    public Task DisposeAsync() => Task.CompletedTask; // the next class needs it too: it goes with the process

    /// <summary>A path of that machine.</summary>
    public string PathOf(string path) => _installed.At(path);

    /// <summary>Runs a program of that machine in a folder of it.</summary>
    public Task<CommandResult> RunAsync(string folder, string program, params string[] arguments) =>
        RunningCommand.RunAsync(_installed.At(folder), _installed.Variables(), program, arguments);

    private static async Task<InstalledTemplate> InstallAsync()
    {
        var machine = new InstalledTemplate();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(machine._folder, recursive: true);
        foreach (var name in (string[])["home", "run"])
        {
            Directory.CreateDirectory(machine.At(name));
        }

        await BuiltRepository.CopySourcesAsync(machine.At("project"));
        PrintedCommands.Count.ShouldBe(4);

        // Compiles and packs everything, and fetches every package.
        using var printed = RunningCommand.Start(
            machine.At("project"), machine.Variables(), "bash", "-ec", string.Join('\n', PrintedCommands));
        machine._printed = (await printed.EndAsync(TimeSpan.FromMinutes(10))).Expect(0);
        return machine;
    }

    private string At(string path) => Path.Combine(_folder, path);

    private Dictionary<string, string> Variables()
    {
        var variables = BuiltRepository.Variables(At("run"));
        variables["DOTNET_CLI_HOME"] = At("home");
        variables["NUGET_PACKAGES"] = At("packages");
        return variables;
    }
}
