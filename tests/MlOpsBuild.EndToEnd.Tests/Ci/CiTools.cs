using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>What reads and runs the files of build servers, where <c>./build.sh SetUp</c> puts it.</summary>
internal static class CiTools
{
    private static readonly HashSet<string> Copied = new(StringComparer.Ordinal);

    /// <summary>Why they cannot be used here, or null.</summary>
    public static string? Missing { get; } =
        IsInstalled && ProgramOnPath.Find("node") != null && ProgramOnPath.Find("rsync") != null
            ? null
            : "the readers of build servers' files are not installed";

    /// <summary>Why Jenkinsfiles cannot be read here, or null.</summary>
    public static string? MissingGroovy { get; } =
        ProgramOnPath.Find("groovy") != null && ProgramOnPath.Find("java") != null ? null : "groovy is not installed";

    private static string Folder => Path.Combine(BuiltRepository.Sources, ".nuke", "temp", "ci-tools");

    private static string Source => Path.Combine(BuiltRepository.Sources, "tests", "MlOpsBuild.EndToEnd.Tests", "CiTools");

    // What was installed last is a copy of the lock file that asked for it.
    private static bool IsInstalled =>
        Path.Combine(Folder, "complete") is var complete
            && File.Exists(complete)
            && File.ReadAllText(complete) == File.ReadAllText(Path.Combine(Source, "package-lock.json"));

    private static string Programs => Path.Combine(Folder, "node_modules", ".bin");

    /// <summary>What GitHub's own reader of workflows has against these files: 0 and nothing, or 1 and a line for each.</summary>
    public static async Task<CommandResult> CheckAsync(
        IReadOnlyDictionary<string, string> environment, string folder, params IReadOnlyList<string> files)
    {
        var script = Path.Combine(Source, "check-workflows.mjs");
        var bundle = Path.Combine(folder, "check-workflows.cjs");
        if (!File.Exists(bundle))
        {
            // The reader imports JSON in a way that only newer versions of node understand.
            var variables = new Dictionary<string, string>(environment) { ["NODE_PATH"] = Path.Combine(Folder, "node_modules") };
            (await RunningCommand.RunAsync(
                folder, variables, Path.Combine(Programs, "esbuild"), script, "--bundle", "--platform=node", "--format=cjs",
                "--log-level=warning", $"--outfile={bundle}"))
                    .Expect(0);
        }

        return await RunningCommand.RunAsync(folder, environment, "node", [bundle, .. files]);
    }

    /// <summary>What a JSON file has against its schema: 0 and nothing, or 1 and a line for each.</summary>
    public static Task<CommandResult> CheckJsonAsync(
        IReadOnlyDictionary<string, string> environment, string folder, string schema, string file) =>
        RunAsync(environment, folder, "check-json.mjs", schema, file);

    /// <summary>What Sigstore's library says of a bundle and a public key: 0 and what was signed, or 1 and why not.</summary>
    public static Task<CommandResult> VerifyBundleAsync(
        IReadOnlyDictionary<string, string> environment, string folder, string bundle, string key) =>
        RunAsync(environment, folder, "verify-bundle.mjs", bundle, key);

    /// <summary>What the published definitions of a cluster's objects have against manifests: 0 and each that they take, or 1.</summary>
    public static Task<CommandResult> ManifestsAsync(
        IReadOnlyDictionary<string, string> environment, string folder, params string[] files) =>
        RunAsync(environment, folder, "check-manifests.mjs", files);

    /// <summary>What Microsoft's reader of a file of Azure Pipelines says: 0 and its jobs, or 1 and a line for each problem.</summary>
    public static Task<CommandResult> AzureAsync(IReadOnlyDictionary<string, string> environment, string folder, string file) =>
        RunAsync(environment, folder, "check-azure.mjs", file);

    /// <summary>What CircleCI's parser says of a file: 0 and its workflows, or 1 and what is wrong.</summary>
    public static Task<CommandResult> CircleCiAsync(IReadOnlyDictionary<string, string> environment, string folder, string file) =>
        RunAsync(environment, folder, "check-circleci.mjs", file);

    /// <summary>
    /// What Groovy, and the structure of declarative pipelines, say of a Jenkinsfile: 0 and its stages, or 1 and what is wrong.
    /// </summary>
    public static Task<CommandResult> JenkinsAsync(IReadOnlyDictionary<string, string> environment, string folder, string file)
    {
        // Groovy looks for the machine's default Java, which need not be the one that is there.
        var java = File.ResolveLinkTarget(ProgramOnPath.Find("java")!, returnFinalTarget: true)?.FullName ?? ProgramOnPath.Find("java")!;
        var variables = new Dictionary<string, string>(environment) { ["JAVA_HOME"] = Path.GetFullPath(Path.Combine(java, "..", "..")) };
        return RunningCommand.RunAsync(folder, variables, "groovy", Path.Combine(Source, "check-jenkinsfile.groovy"), file);
    }

    // Modules are looked for beside the script that names them.
    private static Task<CommandResult> RunAsync(
        IReadOnlyDictionary<string, string> environment, string folder, string name, params string[] arguments)
    {
        var script = Path.Combine(Folder, name);
        lock (Copied)
        {
            // Once: another test may be running it.
            if (Copied.Add(name))
            {
                File.Copy(Path.Combine(Source, name), script, overwrite: true);
            }
        }

        return RunningCommand.RunAsync(folder, environment, "node", [script, .. arguments]);
    }

    /// <summary>Runs a checkout's pipeline, or tells of it.</summary>
    public static Task<CommandResult> GitLabAsync(
        IReadOnlyDictionary<string, string> environment, string folder, params IReadOnlyList<string> arguments) =>
        RunningCommand.RunAsync(
            folder, environment, Path.Combine(Programs, "gitlab-ci-local"),
            ["--no-color", "--home", environment["XDG_RUNTIME_DIR"], .. arguments]);
}
