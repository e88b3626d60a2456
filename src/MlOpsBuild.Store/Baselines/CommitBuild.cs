using System.Diagnostics;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Store.Baselines;

/// <summary>
/// Runs a commit's own build in a checkout of its own, as it was then. The build shares and publishes nothing: it sees none of the build
/// server's variables.
/// </summary>
/// <param name="root">The project.</param>
/// <param name="variables">The caller's environment.</param>
/// <param name="time">The clock.</param>
public sealed class CommitBuild(string root, IReadOnlyDictionary<string, string> variables, TimeProvider time)
{
    private static readonly string[] HostVariables =
    [
        "CI", "CI_", "GITHUB_", "GITLAB_", "RUNNER_", "GITEA_", "FORGEJO_", "TF_BUILD", "SYSTEM_", "BUILD_", "AGENT_", "AZURE_DEVOPS_",
        "JENKINS_", "CHANGE_", "CIRCLECI", "CIRCLE_", "BITBUCKET_", "MLOPS_",
    ];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The arguments that give a run its pipeline, its data and its parameters again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">Where its data are now; null where they are simulated.</param>
    public static IReadOnlyList<string> ArgumentsOf(RunRecord run, string? data) =>
    [
        "--pipeline", run.Pipeline, .. data == null ? (string[])[] : ["--data", data],
        .. run.Parameters.Count == 0 ? (string[])[] : ["--set", .. run.Parameters.Select(pair => $"{pair.Key}={pair.Value}")],
    ];

    /// <summary>Runs it, and gives what it made to <paramref name="take"/> before the checkout goes again.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="folder">Name of a folder below <c>.nuke/temp</c>: two of these do not meet.</param>
    /// <param name="arguments">Targets and parameters.</param>
    /// <param name="wanted">Whether a run of that commit is the one that is looked for.</param>
    /// <param name="take">Takes it over, with the folder of the store that it lies in.</param>
    /// <param name="lines">What the build prints.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>Why there is no such run; null when there is.</returns>
    public async Task<string?> RunAsync(
        string commit, string folder, IReadOnlyList<string> arguments, Func<RunRecord, bool> wanted,
        Func<string, RunRecord, Task> take, IProgress<string> lines, CancellationToken cancellationToken)
    {
        if (commit.Length == 0 || !commit.All(char.IsAsciiHexDigit))
        {
            return $"'{commit}' is no commit";
        }

        var git = new GitProgram(variables, [], root, time);
        var place = Path.Combine(root, ".nuke", "temp", folder, commit);
        if (!(await git.RunAsync(["cat-file", "-e", commit + "^{commit}"], cancellationToken)).Succeeded)
        {
            // A shallow clone does not have it.
            await git.RunAsync(
                ["fetch", "--quiet", "--depth=1", "origin", commit], ReadOnlyMemory<byte>.Empty, Patience, cancellationToken);
        }

        await git.RunAsync(["worktree", "remove", "--force", place], cancellationToken);
        var added = await git.RunAsync(["worktree", "add", "--quiet", "--detach", place, commit], cancellationToken);
        if (!added.Succeeded)
        {
            return $"it cannot be checked out: {added.Reason}";
        }

        try
        {
            var code = await BuildAsync(place, arguments, lines, cancellationToken);
            var pipeline = arguments[arguments.ToList().IndexOf("--pipeline") + 1];
            var made = await MlOpsStore.At(place, time).Runs.LatestAsync(
                pipeline, record => wanted(record) && record.Source?.Commit == commit, cancellationToken);
            if (made == null)
            {
                return $"its build ended with exit code {code} before there was one";
            }

            await take(place, made);
            return null;
        }
        finally
        {
            await git.RunAsync(["worktree", "remove", "--force", place], CancellationToken.None);
        }
    }

    private async Task<int> BuildAsync(
        string place, IReadOnlyList<string> arguments, IProgress<string> lines, CancellationToken cancellationToken)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", Path.Combine(place, "build.cmd"), .. arguments])
            : new ProcessStartInfo(Path.Combine(place, "build.sh"), arguments);
        start.WorkingDirectory = place;
        start.Environment.Clear();
        foreach (var (name, value) in variables.Where(variable => !HostVariables.Any(host => host.EndsWith('_')
            ? variable.Key.StartsWith(host, StringComparison.Ordinal)
            : variable.Key == host)))
        {
            start.Environment[name] = value;
        }

        return await RelayedProcess.RunAsync(start, lines, killsChildren: true, cancellationToken);
    }
}
