using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Schema;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.Store.Stages;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store;

/// <summary>
/// A project's state in plain files under <c>.mlops</c>: content, stage cache, run records, versions, audit log.
/// Safe for several builds at once and at any point of death: every file appears whole, by rename.
/// </summary>
public sealed class MlOpsStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly TimeProvider _time;
    private readonly List<AbsentOutputs> _absent = [];
    private string? _origin;

    private MlOpsStore(string folder, TimeProvider time)
    {
        Folder = folder;
        _time = time;
        StoreSchema.Open(folder);
        Blobs = new ContentStore(folder, time);
        Runs = new RunStore(Path.Combine(folder, "runs"), () => Origin);
        Audit = new AuditLog(Path.Combine(folder, "audit.jsonl"), time);
    }

    /// <summary>The <c>.mlops</c> folder.</summary>
    public string Folder { get; }

    /// <summary>Content by digest.</summary>
    public ContentStore Blobs { get; }

    /// <summary>What was run.</summary>
    public RunStore Runs { get; }

    /// <summary>Who did what, when and why.</summary>
    public AuditLog Audit { get; }

    /// <summary>Whom this store believes, and what it signs with.</summary>
    public Trust Trust { get; set; } = Trust.None;

    /// <summary>The team's state this store takes part in, or null.</summary>
    public TeamState? Team { get; private set; }

    /// <summary>Six hexadecimal digits of this store's own, in names that must differ between machines.</summary>
    public string Origin => _origin ??= StoreSchema.Settle(Folder).Origin;

    /// <summary>
    /// Opens the store below <paramref name="root"/>; nothing is written until something is stored, but an older layout is brought forward.
    /// </summary>
    /// <exception cref="UsageException">The store was written by a newer program.</exception>
    public static MlOpsStore At(string root, TimeProvider time) => new(Path.Combine(root, ".mlops"), time);

    /// <summary>Holds <paramref name="name"/> against other builds until disposed; ends with the process, however that ends.</summary>
    /// <param name="name">What is held.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="progress">Told once for whom it waits.</param>
    /// <exception cref="StageFailedException">Another build kept it longer than <paramref name="patience"/>.</exception>
    public async Task<IDisposable> LockAsync(
        string name, TimeSpan patience, CancellationToken cancellationToken, IProgress<string>? progress = null) =>
        await FileLock.AcquireAsync(Path.Combine(Folder, "locks", name + ".lock"), patience, _time, cancellationToken, progress);

    /// <summary>Restores or runs stages of <paramref name="pipeline"/>.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="variables">Environment variables, for stages that declare some.</param>
    /// <param name="forecast">Restores only: a stage that would run is told by an exception.</param>
    /// <param name="verifies">Runs what is restored, too, and compares.</param>
    /// <param name="executor">Runs stages elsewhere; null for here.</param>
    public StageRunner Stages(
        string pipeline, IReadOnlyDictionary<string, string>? variables = null, bool forecast = false, bool verifies = false,
        IStageExecutor? executor = null) =>
        new(this, pipeline, variables ?? new Dictionary<string, string>(), _time, forecast, verifies, executor);

    /// <summary>
    /// Brings the outputs of restored stages to this machine: fetched from the team, or made again where they do not travel.
    /// </summary>
    /// <exception cref="StageFailedException">A stage that ran again wrote something else: it does not depend
    /// on its inputs alone.</exception>
    public async Task MaterialiseAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        foreach (var absent in Absent())
        {
            var missing = new List<string>();
            foreach (var (name, digest) in absent.Outputs)
            {
                if (!await Blobs.EnsureAsync(digest, cancellationToken))
                {
                    missing.Add(name);
                }
            }

            if (missing.Count > 0)
            {
                progress.Report($"{absent.Stage} runs again: {string.Join(", ", missing)} did not travel");
                var made = await absent.Execute(cancellationToken);
                if (missing.Find(name => made.GetValueOrDefault(name) != absent.Outputs[name]) is { } different)
                {
                    throw new StageFailedException(new Finding(
                        "MLB4015", "A stage gave another result for the same inputs", $"{absent.Stage}: {different}",
                        made.GetValueOrDefault(different).ToString(), absent.Outputs[different].ToString(),
                        "make it depend on its declared inputs only, or declare what it reads; --remote none works without the team's results"));
                }
            }

            lock (_absent)
            {
                _absent.Remove(absent);
            }
        }
    }

    /// <summary>Versions and aliases of <paramref name="pipeline"/>.</summary>
    public VersionRegistry Versions(string pipeline) =>
        new(Path.Combine(Folder, "registry", pipeline), _time, SettleAsync, () => Journal.IsOpen, ShareAsync, Trust);

    /// <summary>Remembers outputs of a restored stage that are not here: in the order in which stages need each other.</summary>
    internal void Await(AbsentOutputs outputs)
    {
        lock (_absent)
        {
            _absent.Add(outputs);
        }
    }

    /// <summary>
    /// Takes part in a team's state: content this store lacks is fetched from it, versions and aliases are settled with it.
    /// </summary>
    public void Join(TeamState team)
    {
        Team = team;
        Blobs.FetchWith(team.TryFetchAsync);
    }

    /// <summary>
    /// Finishes what a build that was killed while it merged had begun, so that nobody numbers versions in the middle of it.
    /// </summary>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (Journal.IsOpen)
        {
            using var registries = await RegistryLocks.AcquireAsync(Folder, [], Patience, _time, cancellationToken);
            await Journal.FinishAsync(cancellationToken);
        }
    }

    private List<AbsentOutputs> Absent()
    {
        lock (_absent)
        {
            return [.. _absent];
        }
    }

    private MergeJournal Journal => new(Folder, new(Folder), Audit);

    private Task ShareAsync(CancellationToken cancellationToken) => Team?.PublishAsync(cancellationToken) ?? Task.CompletedTask;
}
