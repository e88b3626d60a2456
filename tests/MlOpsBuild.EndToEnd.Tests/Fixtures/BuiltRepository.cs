using System.Collections;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>A copy of this repository, built once from nothing for all classes of tests; every test gets a copy of that.</summary>
public sealed class BuiltRepository : IAsyncLifetime
{
    private static readonly string[] ServerVariables =
    [
        "CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_HOME", "TEAMCITY_VERSION", "NO_COLOR", "DOTNET_HOST_PATH"
    ];
    private static readonly string[] Prefixes = ["MLOPS_", "MSBUILD", "VSTEST", "CORECLR_", "COVERLET", "DOTNET_CLI_"];
    private static readonly Lazy<Task<RepositoryTemplate>> Only = new(RepositoryTemplate.BuildAsync);
    private RepositoryTemplate _template = null!;

    /// <summary>The first command of the fresh copy.</summary>
    public CommandResult ColdBuild => _template.ColdBuild;

    /// <summary>Files outside the ignored folders before the first command.</summary>
    public IReadOnlyList<string> FilesBefore => _template.FilesBefore;

    /// <summary>Files outside the ignored folders after it.</summary>
    public IReadOnlyList<string> FilesAfter => _template.FilesAfter;

    /// <summary>The repository these tests belong to.</summary>
    internal static string Sources => Environment.GetEnvironmentVariable("MLOPS_REPOSITORY") ?? Root(AppContext.BaseDirectory);

    /// <inheritdoc />
    public async Task InitializeAsync() => _template = await Only.Value;

    /// <inheritdoc />
    public Task DisposeAsync() => Task.CompletedTask; // the next class needs it too: it goes with the process

    /// <summary>A copy of repository and program, with times preserved, and a runtime folder of its own.</summary>
    /// <param name="warm">Whether the stages that most tests begin with are known there.</param>
    public Task<Checkout> CheckOutAsync(bool warm = false) => _template.CheckOutAsync(warm);

    /// <summary>Copies what a clone has, but for tests.</summary>
    internal static async Task CopySourcesAsync(string target)
    {
        Directory.CreateDirectory(Path.Combine(target, ".nuke"));
        await RepositoryTemplate.CopyAsync(
            target,
            [.. RepositoryTemplate.Parts.Append("MlOpsBuild.sln")
                .Append("README.md")
                .Select(part => Path.Combine(Sources, part))
                .Where(Path.Exists)]);
        await RepositoryTemplate.CopyAsync(
            Path.Combine(target, ".nuke"), [.. RepositoryTemplate.Kept.Select(file => Path.Combine(Sources, ".nuke", file))]);
    }

    /// <summary>This process's environment without what the tests' own runner sets, which must not reach the builds under test.</summary>
    internal static Dictionary<string, string> Variables(string runtime)
    {
        var variables = Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);
        foreach (var name in variables.Keys
            .Where(name => ServerVariables.Contains(name)
                || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToList())
        {
            variables.Remove(name);
        }

        variables["XDG_RUNTIME_DIR"] = runtime;
        return variables;
    }

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
}
