using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Store.Git;

/// <summary>
/// The state branch, through a bare repository of our own in the store: the project's work tree, index, branches and objects are
/// never touched, whether its clone is full, shallow or detached. Only the newest commit is fetched, large content only when asked for.
/// </summary>
internal sealed class StateBranch(string folder, string branch, RemoteAddress address, GitProgram git, TimeSpan patience)
{
    private const string Remote = "refs/mlops/remote";
    private const string Merged = "refs/mlops/merged";
    private const string Outgoing = "refs/mlops/outgoing";
    private const string LargeFrom = "64k";
    private const int CommitLength = 40;

    // Objects that are not here are fetched one by one, without progress.
    private const int LongRead = 10;
    private static readonly string[] Races =
    [
        "stale info", "cannot lock ref", "fetch first", "non-fast-forward", "incorrect old value", "failed to update ref",
        "reference already exists"
    ];
    private static readonly string[] Refusals =
    [
        "error: 403", "denied", "deny", "not allowed", "not granted", "read-only", "read only", "protected branch", "hook declined",
        "insufficient permission", "unable to create temporary object directory", "permission"
    ];

    private bool _remade;

    public RemoteAddress Address => address;

    public string Branch => branch;

    /// <summary>A short name of address and branch, for files beside the repository.</summary>
    public string Name => Path.GetFileNameWithoutExtension(folder);

    /// <summary>The branch; its repository in the store is made by <see cref="MendAsync"/>, under the store's lock.</summary>
    public static StateBranch At(string storeFolder, RemoteOptions options, TimeProvider time)
    {
        var (address, settings, variables) = (options.Address, options.Settings, options.Variables);
        var folder = Path.Combine(storeFolder, "remote", Digest.Of($"{address.Location} {options.Branch}").Abbreviated + ".git");
        var quiet = variables.ContainsKey("GIT_SSH_COMMAND")
            || settings.Any(setting => setting.Key.Equals("core.sshcommand", StringComparison.OrdinalIgnoreCase))
            ? variables
            : new Dictionary<string, string>(variables) { ["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes -o ConnectTimeout=10" };
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var git = new GitProgram(quiet, [.. settings, .. address.Settings(), .. Own(address)], Path.GetDirectoryName(folder)!, time);
        return new(folder, options.Branch, address, git, options.Patience);
    }

    /// <summary>The newest commit of the branch, null when there is no branch yet.</summary>
    public async Task<(bool Reached, string? Commit, string? Problem)> FetchAsync(CancellationToken cancellationToken)
    {
        // Mostly there is nothing new. A fetch that finds this out has both sides go through every object; to ask costs next to nothing.
        if (await CommitOfAsync(Remote, cancellationToken) is { } known)
        {
            var told = await TalkAsync(["ls-remote", "origin", $"refs/heads/{branch}"], cancellationToken);
            if (!told.Succeeded)
            {
                return (false, null, told.Reason);
            }

            if (told.Text.Split('\n').Contains($"{known}\trefs/heads/{branch}"))
            {
                return (true, known, null);
            }
        }

        var answer = await TalkAsync(
            [
                "fetch", "--progress", "--no-tags", "--depth=1", $"--filter=blob:limit={LargeFrom}", "--no-write-fetch-head", "origin",
                $"+refs/heads/{branch}:{Remote}"
            ],
            cancellationToken);
        if (answer.Succeeded)
        {
            return (true, await CommitOfAsync(Remote, cancellationToken), null);
        }

        return answer.Error.Contains("couldn't find remote ref", StringComparison.Ordinal)
            ? (true, null, null)
            : (false, null, answer.Reason);
    }

    /// <summary>How <paramref name="commit"/> stands to <paramref name="earlier"/>; the branch's history is fetched for it.</summary>
    public async Task<Relation> RelationAsync(string earlier, string commit, CancellationToken cancellationToken)
    {
        var answer = await TalkAsync(
            [
                "fetch", "--progress", "--no-tags", "--depth=2147483647", "--filter=tree:0", "--no-write-fetch-head", "origin",
                $"+refs/heads/{branch}:{Remote}"
            ],
            cancellationToken);
        if (!answer.Succeeded)
        {
            return Relation.Unknown;
        }

        return (await RunAsync(["merge-base", "--is-ancestor", earlier, commit], cancellationToken)).ExitCode switch
        {
            0 => Relation.Continued,
            1 => (await RunAsync(["merge-base", earlier, commit], cancellationToken)).ExitCode == 1
                ? Relation.Unrelated
                : Relation.Diverged,
            _ => Relation.Unknown,
        };
    }

    /// <summary>
    /// Clears away locks of git commands that were killed (the caller holds the store's own lock, so nobody else is at work), and makes
    /// the repository anew when git cannot read it: everything in it is on the remote or in the store.
    /// </summary>
    public async Task MendAsync(CancellationToken cancellationToken)
    {
        foreach (var stale in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.lock", SearchOption.AllDirectories) : [])
        {
            File.Delete(stale);
        }

        var probe = await RunAsync(["rev-list", "-1", "--all"], cancellationToken);
        if (probe.Succeeded && probe.Error.Length == 0)
        {
            return;
        }

        await RemakeAsync(cancellationToken);
    }

    /// <summary>Makes the repository anew; everything in it is on the remote or in the store.</summary>
    public async Task RemakeAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
            _remade = true;
        }

        await InitialiseAsync(cancellationToken);
    }

    /// <summary>Packs what many exchanges have left behind, when it is worth it; what nothing refers to any more goes.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken) =>
        await git.RunAsync(
            [
                "-c", "gc.auto=2000", "-c", "gc.autoPackLimit=50", "-c", "gc.autoDetach=false", "-c", "gc.pruneExpire=1.hour.ago",
                $"--git-dir={folder}", "gc", "--auto", "--quiet"
            ],
            cancellationToken);

    /// <summary>Whether the repository was made anew since the last call.</summary>
    public bool TakeRemade()
    {
        var remade = _remade;
        _remade = false;
        return remade;
    }

    /// <summary>Forgets what was agreed, when the branch is gone from the remote.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken) =>
        await RequireAsync(["update-ref", "-d", Merged], cancellationToken);

    /// <summary>The commit that was last merged into the store.</summary>
    public Task<string?> MergedAsync(CancellationToken cancellationToken) => CommitOfAsync(Merged, cancellationToken);

    /// <summary>Remembers what was merged, which the remote has.</summary>
    public async Task MarkMergedAsync(string commit, CancellationToken cancellationToken)
    {
        foreach (var reference in (string[])[Remote, Merged])
        {
            await RequireAsync(["update-ref", reference, commit], cancellationToken);
        }
    }

    /// <summary>Every file of a commit by path, with its object id; empty for no commit.</summary>
    public Task<IReadOnlyDictionary<string, string>> ListAsync(string? commit, CancellationToken cancellationToken) =>
        ListAsync(commit, [], cancellationToken);

    /// <summary>The files of a commit at or below <paramref name="paths"/>; all where none are named.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(
        string? commit, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        if (commit == null)
        {
            return new Dictionary<string, string>();
        }

        return TreeListing.Parse(
            (await RequireAsync(["ls-tree", "-r", "-z", "--full-tree", commit, .. paths], cancellationToken)).Output);
    }

    /// <summary>
    /// What stands directly in a folder of a tree or commit, by name; <paramref name="path"/> ends in a slash, or is empty for the top.
    /// </summary>
    public async Task<IReadOnlyList<TreeItem>> ListFolderAsync(string tree, string path, CancellationToken cancellationToken)
    {
        var answer = await RequireAsync(
            ["ls-tree", "-z", "--full-tree", tree, .. path.Length == 0 ? (string[])[] : [path]], cancellationToken);
        return
        [
            .. answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t', 2))
                .Select(parts => (Name: parts[1][(parts[1].LastIndexOf('/') + 1)..], About: parts[0].Split(' ')))
                .Select(item => new TreeItem(item.Name, item.About[2], item.About[1] == "blob")),
        ];
    }

    /// <summary>Fetches large content at once that would be fetched one by one when it is read; what fails is fetched then.</summary>
    public Task FetchAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => RunAsync(
        [
            "-c", "fetch.negotiationAlgorithm=noop", "fetch", "--progress", "--no-tags", "--no-write-fetch-head", "--filter=blob:none",
            "--stdin", "origin"
        ],
        Encoding.ASCII.GetBytes(string.Join('\n', ids) + "\n"), patience, cancellationToken);

    /// <summary>Contents of objects, in the order asked for; what is not here yet is fetched. Null where an object cannot be had.</summary>
    public async Task<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var answer = await RunAsync(
            ["cat-file", "--batch", "--buffer"], Encoding.ASCII.GetBytes(string.Join('\n', ids) + "\n"), patience * LongRead,
            cancellationToken);
        return ObjectBatch.Parse(answer.Output, ids.Count);
    }

    /// <summary>Writes a commit over <paramref name="parent"/> in one process; nothing leaves the machine.</summary>
    public async Task<string> CommitAsync(
        string? parent, IReadOnlyList<TreeChange> changes, string author, string message, DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var answer = await RunAsync(
            ["fast-import", "--quiet", "--force", "--done"], FastImport.Write(Outgoing, parent, changes, author, message, at), null,
            cancellationToken);
        return answer.Succeeded ? answer.Text.Trim() : throw Broken("git cannot write the state's commit", answer);
    }

    /// <summary>Moves the branch from <paramref name="expected"/> to <paramref name="commit"/>, or not at all.</summary>
    public async Task<(PushOutcome Outcome, string? Problem)> PushAsync(
        string commit, string? expected, CancellationToken cancellationToken)
    {
        var answer = await TalkAsync(
            [
                "push", "--progress", "--porcelain", "--no-verify", "--no-follow-tags",
                $"--force-with-lease=refs/heads/{branch}:{expected}", "origin", $"{commit}:refs/heads/{branch}"
            ],
            cancellationToken);
        if (answer.Succeeded)
        {
            return (PushOutcome.Accepted, null);
        }

        var told = (answer.Text + answer.Error)
            .Replace(address.Location, "", StringComparison.Ordinal)
            .Replace(commit, "", StringComparison.Ordinal);
        return told.Contains("exists; cannot create", StringComparison.Ordinal) ? (PushOutcome.Refused, answer.Reason)
            : Races.Any(race => told.Contains(race, StringComparison.OrdinalIgnoreCase)) ? (PushOutcome.Stale, null)
            : Refusals.Any(refusal => told.Contains(refusal, StringComparison.OrdinalIgnoreCase)) ? (PushOutcome.Refused, answer.Reason)
            : (PushOutcome.Unreachable, answer.Reason);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Own(RemoteAddress address) =>
    [
        new("remote.origin.url", address.Location), new("remote.origin.promisor", "true"),
        new("remote.origin.partialclonefilter", $"blob:limit={LargeFrom}"),
        new("gc.auto", "0"), new("maintenance.auto", "false"), new("protocol.version", "2"), new("core.hooksPath", "/dev/null"),
        new("safe.bareRepository", "all"), new("fetch.fsckObjects", "false"),
    ];

    // A loose reference is a file; git is asked only when it has packed it.
    private async Task<string?> CommitOfAsync(string reference, CancellationToken cancellationToken)
    {
        var loose = Path.Combine(folder, reference);
        if (File.Exists(loose) && (await File.ReadAllTextAsync(loose, cancellationToken)).Trim() is { Length: CommitLength } commit)
        {
            return commit;
        }

        var answer = await RunAsync(["rev-parse", "--quiet", "--verify", reference + "^{commit}"], cancellationToken);
        return answer.Succeeded ? answer.Text.Trim() : null;
    }

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        var answer = await git.RunAsync(
            ["init", "--quiet", "--bare", "--initial-branch=mlops-none", folder], ReadOnlyMemory<byte>.Empty, null, cancellationToken);
        _ = answer.Succeeded ? answer : throw Broken("git init failed", answer);
    }

    private async Task<GitAnswer> RequireAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(arguments, cancellationToken);
        return answer.Succeeded ? answer : throw Broken($"git {arguments[0]} failed", answer);
    }

    private StageFailedException Broken(string what, GitAnswer answer) => new(new Finding(
        "MLB4005", what, folder, answer.Reason, "git to succeed",
        string.Create(CultureInfo.InvariantCulture, $"delete {folder}: it is made again from the remote")));

    private Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, ReadOnlyMemory<byte>.Empty, null, cancellationToken);

    // Talks to the remote: progress on its error output is the sign that it still answers.
    private Task<GitAnswer> TalkAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, ReadOnlyMemory<byte>.Empty, patience, cancellationToken);

    private Task<GitAnswer> RunAsync(
        IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, TimeSpan? silence, CancellationToken cancellationToken) =>
        git.RunAsync([$"--git-dir={folder}", .. arguments], input, silence, cancellationToken);
}
