using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Stages;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store;

/// <summary>
/// A project's state in plain files under <c>.mlops</c>: content, stage cache, run records, versions, audit log.
/// Safe for several builds at once and at any point of death: every file appears whole, by rename.
/// </summary>
public sealed class MlOpsStore
{
    private readonly TimeProvider _time;

    private MlOpsStore(string folder, TimeProvider time)
    {
        Folder = folder;
        _time = time;
        Blobs = new ContentStore(folder);
        Runs = new RunStore(Path.Combine(folder, "runs"));
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

    /// <summary>Opens the store below <paramref name="root"/>; nothing is written until something is stored.</summary>
    public static MlOpsStore At(string root, TimeProvider time) => new(Path.Combine(root, ".mlops"), time);

    /// <summary>Holds <paramref name="name"/> against other builds until disposed; ends with the process, however that ends.</summary>
    /// <exception cref="StageFailedException">Another build kept it longer than <paramref name="patience"/>.</exception>
    public async Task<IDisposable> LockAsync(string name, TimeSpan patience, CancellationToken cancellationToken) =>
        await FileLock.AcquireAsync(Path.Combine(Folder, "locks", name + ".lock"), patience, _time, cancellationToken);

    /// <summary>Restores or runs stages of <paramref name="pipeline"/>.</summary>
    public StageRunner Stages(string pipeline) => new(this, pipeline, _time);

    /// <summary>Versions and aliases of <paramref name="pipeline"/>.</summary>
    public VersionRegistry Versions(string pipeline) => new(Path.Combine(Folder, "registry", pipeline), _time);
}
