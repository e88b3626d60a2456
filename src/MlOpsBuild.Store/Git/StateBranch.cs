using System.Globalization;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Git;

/// <summary>
/// The state branch, through a bare repository of our own in the store: the project's work tree, index, branches and objects are
/// never touched, whether its clone is full, shallow or detached. Only the newest commit is fetched, large content only when asked for.
/// </summary>
internal sealed class StateBranch(string folder, string branch, RemoteAddress address, GitProgram git)
{
    private const string Remote = "refs/mlops/remote";
    private const string Merged = "refs/mlops/merged";
    private const string Outgoing = "refs/mlops/outgoing";
    private const string LargeFrom = "64k";
    private static readonly string[] Races = ["stale info", "cannot lock ref", "fetch first", "non-fast-forward", "incorrect old value", "failed to update ref", "reference already exists"];
    private static readonly string[] Refusals = ["403", "denied", "deny", "not allowed", "not granted", "read-only", "read only", "protected branch", "hook declined", "insufficient permission", "unable to create temporary object directory", "permission"];

    public RemoteAddress Address => address;

    public string Branch => branch;

    /// <summary>Opens the branch at <paramref name="address"/>; the repository in the store is made when it is first needed.</summary>
    public static async Task<StateBranch> OpenAsync(
        string storeFolder, string branch, RemoteAddress address, IReadOnlyList<KeyValuePair<string, string>> settings, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(storeFolder, "remote", Digest.Of($"{address.Location} {branch}").Abbreviated + ".git");
        var quiet = variables.ContainsKey("GIT_SSH_COMMAND") || settings.Any(setting => setting.Key.Equals("core.sshcommand", StringComparison.OrdinalIgnoreCase))
            ? variables
            : new Dictionary<string, string>(variables) { ["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes -o ConnectTimeout=10" };
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var git = new GitProgram(quiet, [.. settings, .. address.Settings(), .. Own(address)], Path.GetDirectoryName(folder)!);
        var opened = new StateBranch(folder, branch, address, git);
        if (!File.Exists(Path.Combine(folder, "HEAD")))
        {
            await opened.RequireAsync(["init", "--quiet", "--bare", "--initial-branch=mlops-none", folder], cancellationToken);
        }

        return opened;
    }

    /// <summary>The newest commit of the branch, null when there is no branch yet.</summary>
    public async Task<(bool Reached, string? Commit, string? Problem)> FetchAsync(CancellationToken cancellationToken)
    {
        var answer = await RunAsync(["fetch", "--quiet", "--no-tags", "--depth=1", $"--filter=blob:limit={LargeFrom}", "--no-write-fetch-head", "origin", $"+refs/heads/{branch}:{Remote}"], cancellationToken);
        if (answer.Succeeded)
        {
            return (true, await CommitOfAsync(Remote, cancellationToken), null);
        }

        return answer.Error.Contains("couldn't find remote ref", StringComparison.Ordinal) ? (true, null, null) : (false, null, answer.Reason);
    }

    /// <summary>Clears away locks of git commands that were killed; the caller holds the store's own lock, so nobody else is at work.</summary>
    public void ClearLocks(DateTime olderThan)
    {
        foreach (var stale in Directory.GetFiles(folder, "*.lock", SearchOption.AllDirectories).Where(file => File.GetLastWriteTimeUtc(file) < olderThan))
        {
            File.Delete(stale);
        }
    }

    /// <summary>Makes the repository in the store anew; everything in it is on the remote or in the store.</summary>
    public async Task RemakeAsync(CancellationToken cancellationToken)
    {
        Directory.Delete(folder, recursive: true);
        await RequireAsync(["init", "--quiet", "--bare", "--initial-branch=mlops-none", folder], cancellationToken);
    }

    /// <summary>Forgets what was agreed, when the branch is gone from the remote.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken) => await RequireAsync(["update-ref", "-d", Merged], cancellationToken);

    /// <summary>The commit that was last merged into the store.</summary>
    public Task<string?> MergedAsync(CancellationToken cancellationToken) => CommitOfAsync(Merged, cancellationToken);

    /// <summary>Remembers what was merged.</summary>
    public async Task MarkMergedAsync(string commit, CancellationToken cancellationToken) => await RequireAsync(["update-ref", Merged, commit], cancellationToken);

    /// <summary>Every file of a commit by path, with its object id; empty for no commit.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(string? commit, CancellationToken cancellationToken)
    {
        if (commit == null)
        {
            return new Dictionary<string, string>();
        }

        var answer = await RequireAsync(["ls-tree", "-r", "-z", "--full-tree", commit], cancellationToken);
        return answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2)).ToDictionary(parts => parts[1], parts => parts[0].Split(' ')[2]);
    }

    /// <summary>Contents of objects, in the order asked for; what is not here yet is fetched. Null where an object cannot be had.</summary>
    public async Task<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var answer = await RunAsync(["cat-file", "--batch", "--buffer"], Encoding.ASCII.GetBytes(string.Join('\n', ids) + "\n"), cancellationToken);
        return ObjectBatch.Parse(answer.Output, ids.Count);
    }

    /// <summary>Writes a commit over <paramref name="parent"/> in one process; nothing leaves the machine.</summary>
    public async Task<string> CommitAsync(string? parent, IReadOnlyList<TreeChange> changes, string author, string message, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(["fast-import", "--quiet", "--force", "--done"], FastImport.Write(Outgoing, parent, changes, author, message, at), cancellationToken);
        return answer.Succeeded ? answer.Text.Trim() : throw Broken("git cannot write the state's commit", answer);
    }

    /// <summary>Moves the branch from <paramref name="expected"/> to <paramref name="commit"/>, or not at all.</summary>
    public async Task<(PushOutcome Outcome, string? Problem)> PushAsync(string commit, string? expected, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(
            ["push", "--porcelain", "--no-verify", "--no-follow-tags", $"--force-with-lease=refs/heads/{branch}:{expected}", "origin", $"{commit}:refs/heads/{branch}"], cancellationToken);
        if (answer.Succeeded)
        {
            return (PushOutcome.Accepted, null);
        }

        var told = answer.Text + answer.Error;
        return Races.Any(race => told.Contains(race, StringComparison.OrdinalIgnoreCase)) ? (PushOutcome.Stale, null)
            : Refusals.Any(refusal => told.Contains(refusal, StringComparison.OrdinalIgnoreCase)) ? (PushOutcome.Refused, answer.Reason)
            : (PushOutcome.Unreachable, answer.Reason);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Own(RemoteAddress address) =>
    [
        new("remote.origin.url", address.Location), new("remote.origin.promisor", "true"), new("remote.origin.partialclonefilter", $"blob:limit={LargeFrom}"),
        new("gc.auto", "0"), new("maintenance.auto", "false"), new("http.lowSpeedLimit", "1"), new("http.lowSpeedTime", "30"),
        new("protocol.version", "2"), new("core.hooksPath", "/dev/null"), new("safe.bareRepository", "all"), new("fetch.fsckObjects", "false"),
    ];

    private async Task<string?> CommitOfAsync(string reference, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(["rev-parse", "--quiet", "--verify", reference + "^{commit}"], cancellationToken);
        return answer.Succeeded ? answer.Text.Trim() : null;
    }

    private async Task<GitAnswer> RequireAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var answer = arguments[0] == "init" ? await git.RunAsync(arguments, cancellationToken) : await RunAsync(arguments, cancellationToken);
        return answer.Succeeded ? answer : throw Broken($"git {arguments[0]} failed", answer);
    }

    private StageFailedException Broken(string what, GitAnswer answer) => new(new Finding(
        what, folder, answer.Reason, "git to succeed", string.Create(CultureInfo.InvariantCulture, $"delete {folder}: it is made again from the remote")));

    private Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(arguments, ReadOnlyMemory<byte>.Empty, cancellationToken);

    private Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken) =>
        git.RunAsync([$"--git-dir={folder}", .. arguments], input, cancellationToken);
}
