using System.Collections;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>A copy of this repository, built once from nothing; every test gets a copy of that.</summary>
public sealed class BuiltRepository : IAsyncLifetime
{
    private static readonly string[] Parts =
        ["build", "build.sh", "build.cmd", "src", "pipelines", "global.json", "Directory.Build.props", "Directory.Packages.props", "LICENSE", ".editorconfig", ".gitignore"];

    private static readonly string[] Kept = ["parameters.json", "build.schema.json"];
    private static readonly string[] Built = ["programs", "current", "started"];
    private static readonly string[] StageResults = ["stages", "blobs", "servers", "store.json", "oci-layout"];
    private static readonly string[] ServerVariables = ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_HOME", "TEAMCITY_VERSION", "NO_COLOR", "DOTNET_HOST_PATH"];
    private static readonly string[] Prefixes = ["MLOPS_", "MSBUILD", "VSTEST", "CORECLR_", "COVERLET", "DOTNET_CLI_"];
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-e2e-").FullName;
    private int _checkouts;
    private string? _warm;

    /// <summary>The first command of the fresh copy.</summary>
    public CommandResult ColdBuild { get; private set; } = null!;

    /// <summary>Files outside the ignored folders before the first command.</summary>
    public IReadOnlyList<string> FilesBefore { get; private set; } = [];

    /// <summary>Files outside the ignored folders after it.</summary>
    public IReadOnlyList<string> FilesAfter { get; private set; } = [];

    /// <summary>The repository these tests belong to.</summary>
    internal static string Sources => Environment.GetEnvironmentVariable("MLOPS_REPOSITORY") ?? Root(AppContext.BaseDirectory);

    private string Template => Path.Combine(_folder, "template");

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        var root = Sources;
        Directory.CreateDirectory(Path.Combine(Template, ".nuke"));
        await CopyAsync(Template, [.. Parts.Select(part => Path.Combine(root, part)).Where(Path.Exists)]);
        await CopyAsync(Path.Combine(Template, ".nuke"), [.. Kept.Select(file => Path.Combine(root, ".nuke", file))]);

        // One pipeline is enough where two would show nothing more.
        await File.WriteAllTextAsync(Path.Combine(Template, ".nuke", "parameters.json"), """{"Pipeline": "BikeDemand", "NoImage": true}""");
        FilesBefore = SourceTree.List(Template);
        ColdBuild = (await RunningCommand.RunAsync(Template, Variables(RuntimeFolder("template")), Path.Combine(Template, "build.sh"), "Status")).Expect(0);
        FilesAfter = SourceTree.List(Template);
    }

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A copy of repository and program, with times preserved, and a runtime folder of its own.</summary>
    /// <param name="warm">Whether the stages that most tests begin with are known there.</param>
    public async Task<Checkout> CheckOutAsync(bool warm = false)
    {
        var name = $"checkout-{++_checkouts}";
        var root = Path.Combine(_folder, name);
        var state = Path.Combine(".nuke", "temp", "build");
        Directory.CreateDirectory(Path.Combine(root, state));
        await CopyAsync(root, [.. Parts.Select(part => Path.Combine(Template, part)).Where(Path.Exists)]);
        await CopyAsync(Path.Combine(root, ".nuke"), [.. Kept.Select(file => Path.Combine(Template, ".nuke", file))]);
        await CopyAsync(Path.Combine(root, state), [.. Built.Select(part => Path.Combine(Template, state, part))]);
        if (warm)
        {
            var known = await WarmStoreAsync();
            Directory.CreateDirectory(Path.Combine(root, ".mlops"));
            await CopyAsync(Path.Combine(root, ".mlops"), [.. StageResults.Select(part => Path.Combine(known, part)).Where(Path.Exists)]);
        }

        var runtime = RuntimeFolder(name);
        return new(root, runtime, Variables(runtime));
    }

    /// <summary>Copies what a clone has, but for tests.</summary>
    internal static async Task CopySourcesAsync(string target)
    {
        Directory.CreateDirectory(Path.Combine(target, ".nuke"));
        await CopyAsync(target, [.. Parts.Append("MlOpsBuild.sln").Append("README.md").Select(part => Path.Combine(Sources, part)).Where(Path.Exists)]);
        await CopyAsync(Path.Combine(target, ".nuke"), [.. Kept.Select(file => Path.Combine(Sources, ".nuke", file))]);
    }

    private static async Task CopyAsync(string target, params string[] sources) =>
        (await RunningCommand.RunAsync(target, Variables(target), "cp", ["-a", .. sources, target])).Expect(0);

    private static string Root(string start)
    {
        for (var folder = new DirectoryInfo(start); folder != null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, ".nuke")) && File.Exists(Path.Combine(folder.FullName, "build.sh")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no repository above {start}; set MLOPS_REPOSITORY");
    }

    /// <summary>This process's environment without what the tests' own runner sets, which must not reach the builds under test.</summary>
    internal static Dictionary<string, string> Variables(string runtime)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);
        foreach (var name in variables.Keys.Where(name => ServerVariables.Contains(name) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            variables.Remove(name);
        }

        variables["XDG_RUNTIME_DIR"] = runtime;
        return variables;
    }

    // The two versions that most tests deploy, as far as stages go: none of them is registered, and nothing serves.
    private async Task<string> WarmStoreAsync()
    {
        if (_warm == null)
        {
            var checkout = await CheckOutAsync();
            (await checkout.RunAsync("Train", "Package", "--set", Checkout.Weaker)).Expect(0);
            (await checkout.RunAsync("Train", "Package")).Expect(0);
            _warm = Path.Combine(checkout.Root, ".mlops");
        }

        return _warm;
    }

    private string RuntimeFolder(string name)
    {
        var path = Path.Combine(_folder, name + "-run");
        return (OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).FullName;
    }
}
