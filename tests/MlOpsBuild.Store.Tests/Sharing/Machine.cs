using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>One machine of a team: a store in a folder of its own, and its part in the team's state.</summary>
internal sealed class Machine
{
    public const string Pipeline = "Demand";
    private readonly GitClient _git;

    private Machine(string root, MlOpsStore store, TeamState team, GitClient git)
    {
        Root = root;
        Store = store;
        Team = team;
        _git = git;
    }

    public string Root { get; }

    public MlOpsStore Store { get; }

    public TeamState Team { get; }

    public VersionRegistry Versions => Store.Versions(Pipeline);

    /// <summary>The copy of the branch in the store.</summary>
    public string StateFolder => Directory.GetDirectories(Path.Combine(Store.Folder, "remote"), "*.git").ShouldHaveSingleItem();

    public static Machine Join(string root, RemoteOptions options, TimeProvider time, GitClient git)
    {
        var store = MlOpsStore.At(root, time);
        var team = TeamState.Of(store, options, time);
        store.Join(team);
        return new(root, store, team, git);
    }

    public Task<SyncReport> PullAsync() => Team.PullAsync(CancellationToken.None);

    public Task<SyncReport> PublishAsync() => Team.PublishAsync(CancellationToken.None);

    /// <summary>Publishes, and expects that everything arrived.</summary>
    public async Task<SyncReport> SendAsync()
    {
        var report = await PublishAsync();
        report.Reached.ShouldBeTrue(report.Problem);
        report.ReadOnly.ShouldBeFalse(report.Problem);
        report.Unsent.ShouldBe(0);
        return report;
    }

    /// <summary>Pulls, and expects that the remote answered.</summary>
    public async Task<SyncReport> ReceiveAsync()
    {
        var report = await PullAsync();
        report.Reached.ShouldBeTrue(report.Problem);
        return report;
    }

    /// <summary>Saves a run in a first state; its name.</summary>
    public async Task<string> SaveRunAsync(int rows = 1, DateTimeOffset? at = null)
    {
        var started = at ?? DateTimeOffset.UtcNow;
        var id = Store.Runs.NewId(started);
        await SaveRunAsync(id, rows);
        return id;
    }

    /// <summary>Saves a run in another state.</summary>
    public Task SaveRunAsync(string id, int rows, int? version = null) =>
        Store.Runs.SaveAsync(
            new() { Id = id, Pipeline = Pipeline, Started = DateTimeOffset.UnixEpoch, Rows = rows, Version = version },
            CancellationToken.None);

    public async Task<RunRecord?> RunAsync(string id) => await Store.Runs.FindAsync(id, CancellationToken.None);

    /// <summary>A version with this bundle, by its number.</summary>
    public static Func<int, ModelVersion> Version(string bundle) =>
        number => new(number, Digest.Of(bundle), Digest.Of("model of " + bundle), "run", DateTimeOffset.UnixEpoch, false, null);

    public Task<ModelVersion> RegisterAsync(string bundle) =>
        Versions.RegisterAsync(Version(bundle), Digest.Of(bundle), CancellationToken.None);

    /// <summary>Every version, as <c>number=bundle</c>, for the bundles named.</summary>
    public async Task<IReadOnlyList<string>> VersionsAsync(params string[] bundles) =>
        [.. (await Versions.AllAsync(CancellationToken.None))
            .Select(version => $"{version.Number}={bundles.FirstOrDefault(bundle => Digest.Of(bundle) == version.Bundle) ?? "?"}")];

    public Task AuditAsync(string reason, params (string Name, string Value)[] details) => Store.Audit.AppendAsync(
        "tester", "deploy", $"{Pipeline}/local", reason,
        new(details.ToDictionary(detail => detail.Name, detail => detail.Value), StringComparer.Ordinal), CancellationToken.None);

    /// <summary>The reasons of all audit entries, once the chain is verified.</summary>
    public async Task<IReadOnlyList<string>> AuditedAsync()
    {
        (await Store.Audit.VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
        return [.. (await Store.Audit.ReadAsync(CancellationToken.None)).Select(entry => entry.Reason)];
    }

    /// <summary>Runs git on the store's copy of the branch.</summary>
    public Task<string> StateAsync(params string[] arguments) =>
        _git.RunAsync(Root, [$"--git-dir={StateFolder}", .. arguments], CancellationToken.None);

    /// <summary>The commit this machine agreed on last.</summary>
    public Task<string> AgreedAsync() => StateAsync("rev-parse", "refs/mlops/merged");

    /// <summary>As if the build had died before it remembered what it agreed on after <paramref name="commit"/>.</summary>
    public async Task ForgetSinceAsync(string commit)
    {
        await StateAsync("update-ref", "refs/mlops/merged", commit);
    }

    public string FileOf(string path) => Path.Combine(Store.Folder, path);

    public string VersionFile(int number) =>
        FileOf(string.Create(CultureInfo.InvariantCulture, $"registry/{Pipeline}/versions/{number:00000}.json"));

    public string Read(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(FileOf(path)));
}
