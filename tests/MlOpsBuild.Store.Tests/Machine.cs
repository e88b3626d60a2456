using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Stages;
using MlOpsBuild.Store.Stages.Tests;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Tests;

/// <summary>A machine's store, and facts in it like those that builds write. A minute passes with every fact.</summary>
internal sealed class Machine(string root, MlOpsStore store, ManualTime time)
{
    public const string Pipeline = "Demand";
    private int _made;

    public MlOpsStore Store => store;

    public ManualTime Time => time;

    /// <summary>A path in the store's folder.</summary>
    public string this[string relative] => Path.Combine(store.Folder, relative);

    public string Root => root;

    /// <summary>Registers a version whose bundle has a description, a model and rows, made by a run of its own.</summary>
    public async Task<ModelVersion> RegisterAsync(string pipeline = Pipeline)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        var name = $"{Path.GetFileName(root)} {++_made}";
        var (model, rows, description) =
            (await PutAsync("model " + name), await PutAsync("rows " + name), await PutAsync("description " + name));
        var manifest = await PutAsync(
            $$"""{ "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": "{{description}}", "layers": ["{{model}}", "{{rows}}"] }""");
        var run = await RunAsync(pipeline, record => record with { Bundle = manifest, Model = model });
        return await store.Versions(pipeline)
            .RegisterAsync(number => new(number, manifest, model, run.Id, time.GetUtcNow(), false, null), manifest, CancellationToken.None);
    }

    /// <summary>Digests of the description, the model and the rows in a version's bundle.</summary>
    public IReadOnlyList<Digest> PartsOf(ModelVersion version) =>
        [.. Sharing.BlobReferences.In(File.ReadAllBytes(store.Blobs.PathOf(version.Bundle)))];

    public Task<AliasMove> PromoteAsync(int? from, int? to, string alias = "champion", string pipeline = Pipeline)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        return store.Versions(pipeline)
            .MoveAsync(alias, from, to, AliasMoveKind.Promote, Path.GetFileName(root), "better", CancellationToken.None);
    }

    public async Task<RunRecord> RunAsync(string pipeline = Pipeline, Func<RunRecord, RunRecord>? change = null)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        var record = new RunRecord { Id = store.Runs.NewId(time.GetUtcNow()), Pipeline = pipeline, Started = time.GetUtcNow() };
        record = change == null ? record : change(record);
        await store.Runs.SaveAsync(record, CancellationToken.None);
        return record;
    }

    /// <summary>Runs the counting stage on so many rows.</summary>
    public Task<StageRun<RowsResult>> StageAsync(int rows) =>
        store.Stages(Pipeline).RunAsync(new RowsStage(), new(rows), new ReportedLines(), CancellationToken.None);

    /// <summary>A run that used <paramref name="stage"/>.</summary>
    public Task<RunRecord> RunOfAsync<TResult>(StageRun<TResult> stage) =>
        RunAsync(Pipeline, record => record with { Stages = [new(stage.Stage, stage.Key, stage.Restored, stage.Reason, 1, 1)] });

    /// <summary>Writes a deployment as the delivery does; its path.</summary>
    public async Task<string> DeployAsync(int version, string pipeline = Pipeline)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        var id = $"{time.GetUtcNow():yyyyMMdd'T'HHmmss'.'fff'Z'}-v{version}-{store.Origin}";
        var path = $"deployments/{id[..8]}/{id}.json";
        var fact = new { id, pipeline, environment = "local", version, started = time.GetUtcNow(), origin = store.Origin };
        await Content.AtomicFile.WriteAsync(this[path], CanonicalJson.Serialize(fact), CancellationToken.None);
        return path;
    }

    /// <summary>Writes an A/B test as the delivery does; its path.</summary>
    public async Task<string> ExperimentAsync(int version, int from, string pipeline = Pipeline)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        var id = $"{time.GetUtcNow():yyyyMMdd'T'HHmmss'.'fff'Z'}-ab{version}-{store.Origin}";
        var path = $"experiments/{id[..8]}/{id}.json";
        var fact = new { id, pipeline, environment = "local", version, from, started = time.GetUtcNow(), origin = store.Origin };
        await Content.AtomicFile.WriteAsync(this[path], CanonicalJson.Serialize(fact), CancellationToken.None);
        return path;
    }

    public Task AuditAsync(string action, SortedDictionary<string, string> details, string pipeline = Pipeline)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        return store.Audit.AppendAsync(Path.GetFileName(root), action, $"{pipeline}/local", "because", details, CancellationToken.None);
    }

    public async Task<Digest> PutAsync(string text) =>
        (await store.Blobs.PutAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None)).Digest;

    public bool Has(string path) => File.Exists(this[path]);

    /// <summary>Every file of the store with its content, to compare before and after.</summary>
    public IReadOnlyList<string> Files() =>
    [
        .. (Directory.Exists(store.Folder) ? Directory.GetFiles(store.Folder, "*", SearchOption.AllDirectories) : [])
            .Select(file => $"{Path.GetRelativePath(store.Folder, file)} {Digest.Of(File.ReadAllBytes(file)).Abbreviated}")
            .Order(StringComparer.Ordinal),
    ];

    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
