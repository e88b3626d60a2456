using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

/// <summary>Runs and versions of a pipeline as builds leave them.</summary>
internal static class Sample
{
    public const string Pipeline = "Demand";
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    public static readonly Digest Data = Digest.Of("data");

    /// <summary>A run that trained and tested a model.</summary>
    public static RunRecord Run(string id) => new()
    {
        Id = id, Pipeline = Pipeline, Started = Start, Actor = "ann", Targets = ["Train", "Deploy"], DataSource = "rentals.csv",
        Data = Data, Rows = 17_379, Seed = 42, Source = new("0123456789012345678901234567890123456789", "main", Dirty: false),
        Machine = new Dictionary<string, string> { ["os"] = "Debian 13" },
        Parameters = new Dictionary<string, string> { ["trees"] = "200", ["l2"] = "0.5" },
        Trainer = "fast-tree trees=200", Features = ["hour one-hot", "temperature"], Model = Digest.Of($"model {id}"), ModelBytes = 8_192,
        Stages = [new("train", Digest.Of("k"), false, "new", 2.5, 2.5), new("test", Digest.Of("t"), true, null, 0.5, 9)],
        Metrics =
        [
            new("RMSE", 41.5, Direction.LowerIsBetter, 336) { Interval = new(39.25, 43.75, 0.95) },
            new("R²", 0.9, Direction.HigherIsBetter, 336),
            new("AUC", double.NaN, Direction.HigherIsBetter, 0) { Undefined = "one class only" },
        ],
        Gates = [new("RMSE at most 50", "RMSE", 41.5, 50, "bound", null, Verdict.Passed, "41.5")],
        AnswerTimes = new(100, 1.5, 2.5, 4.5),
    };

    public static DataContract Contract { get; } = new("Rental", [
        Column("Hour", FieldKind.Whole), Column("Temperature", FieldKind.Real) with { Nullable = true },
        Column("Season", FieldKind.Category), Column("Holiday", FieldKind.Flag), Column("Day", FieldKind.Date),
        Column("Count", FieldKind.Real) with { Role = ColumnRole.Label },
    ]);

    /// <summary>Keeps a run, with its contract and evidence.</summary>
    public static async Task<RunRecord> KeepRunAsync(this MlOpsStore store, Func<RunRecord, RunRecord>? change = null)
    {
        var contract = await store.Blobs.PutAsync(CanonicalJson.Serialize(Contract), CancellationToken.None);
        var evidence = await store.Blobs.PutAsync("{\"verdict\":\"Passed\"}"u8.ToArray(), CancellationToken.None);
        var run = Run(store.Runs.NewId(Start)) with { Contract = contract.Digest, Evidence = evidence.Digest };
        run = change?.Invoke(run) ?? run;
        await store.Runs.SaveAsync(run, CancellationToken.None);
        return run;
    }

    /// <summary>Keeps a run and registers the version that it made.</summary>
    public static async Task<ModelVersion> KeepVersionAsync(this MlOpsStore store)
    {
        var run = await store.KeepRunAsync();
        var model = await store.Blobs.PutAsync(System.Text.Encoding.UTF8.GetBytes($"model {run.Id}"), CancellationToken.None);
        var bundle = Digest.Of($"bundle {run.Id}");
        var version = await store.Versions(Pipeline).RegisterAsync(
            number => new(number, bundle, model.Digest, run.Id, Start, false, null) { Maker = "ann", Source = run.Source },
            bundle, CancellationToken.None);
        await store.Runs.SaveAsync(run with { Version = version.Number, Bundle = bundle }, CancellationToken.None);
        return version;
    }

    /// <summary>Moves an alias, as a deployment or a rollback does.</summary>
    public static async Task MoveAsync(this MlOpsStore store, int? to, string alias = "champion")
    {
        var registry = store.Versions(Pipeline);
        var from = (await registry.ResolveAsync(alias, CancellationToken.None))?.Number;
        await registry.MoveAsync(alias, from, to, AliasMoveKind.Promote, "ann", "a test", CancellationToken.None);
    }

    private static ColumnContract Column(string name, FieldKind kind) =>
        new() { Rule = new(name, kind), Property = name };
}
