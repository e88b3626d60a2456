using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Schema;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Benchmarks.Store;

/// <summary>
/// Fills a store as years of work would: runs of ten pipelines, versions of every tenth, a deployment each, and their audit log.
/// </summary>
internal sealed class LargeStore(string folder, int runs)
{
    private const int Pipelines = 10;
    private const int RunsPerVersion = 10;
    private const int EntriesPerRun = 10;
    private const int MinutesBetween = 15;
    private static readonly DateTimeOffset First = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions OneLine = new(CanonicalJson.Options) { WriteIndented = false };

    public int Versions => runs / RunsPerVersion;

    public int Entries => runs * EntriesPerRun;

    /// <summary>Writes the files; they are not flushed one by one, as nothing is lost when this is cut short.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; number < runs; number++)
        {
            var run = Run(number);
            await WriteAsync(Path.Combine("runs", FactPath.DayOf(run.Id), run.Id + ".json"), run, cancellationToken);
            if (run.Version is { } version)
            {
                var registry = Path.Combine("registry", run.Pipeline);
                await WriteAsync(
                    Path.Combine(registry, "versions", FactPath.Numbered(version)),
                    new ModelVersion(version, run.Bundle!.Value, run.Model!.Value, run.Id, run.Started, false, null) { Maker = run.Actor },
                    cancellationToken);
                await WriteAsync(
                    Path.Combine(registry, "aliases", "champion", FactPath.Numbered(version)),
                    new AliasMove(
                        "champion", version == 1 ? null : version - 1, version, AliasMoveKind.Promote, run.Started.AddMinutes(2),
                        "ci", $"the canary of v{version} passed") { Bundle = run.Bundle },
                    cancellationToken);
                var id = $"{FactPath.NameOf(run.Started.AddMinutes(1))}-v{version}-abcdef";
                await WriteAsync(
                    Path.Combine("deployments", FactPath.DayOf(id), id + ".json"), Deployment(id, run, version), cancellationToken);
            }
        }

        await AuditAsync(cancellationToken);
    }

    /// <summary>A run as a build writes it.</summary>
    public static RunRecord Run(int number)
    {
        var at = First.AddMinutes((double)number * MinutesBetween);
        var (pipeline, of) = (number % Pipelines, number / Pipelines);
        var registered = of % RunsPerVersion == 0;
        return new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{FactPath.NameOf(at)}-abcdef"), Pipeline = $"Pipeline{pipeline}",
            Started = at, Actor = "ci", Targets = ["Train", "Deploy"], DataSource = "data/*.csv",
            Data = Name("data", of / RunsPerVersion), Rows = 17_379,
            Contract = Name("contract", pipeline), Model = Name("model", number), Bundle = Name("bundle", number),
            Evidence = Name("evidence", number), Version = registered ? (of / RunsPerVersion) + 1 : null, Seed = 1,
            Source = new(Name("commit", of).Hex[..40], "main"), Parameters = new Dictionary<string, string> { ["trees"] = "100" },
            Machine = new Dictionary<string, string> { ["os"] = "Debian 12", ["runtime"] = ".NET 10" },
            Stages =
            [
                .. new[] { "ingest", "validate", "train", "evaluate", "test", "package" }
                    .Select(stage => new StageOutcome(stage, Name(stage, number), number % 2 == 0, "data changed", 0.1, 1.5))
            ],
            Metrics = [new("mae", 40 + (number % 7), Direction.LowerIsBetter, 3_000)],
        };
    }

    private static DeploymentRecord Deployment(string id, RunRecord run, int version) => new()
    {
        Id = id, Pipeline = run.Pipeline, Environment = "local", Version = version, From = version - 1, Started = run.Started.AddMinutes(1),
        Ended = run.Started.AddMinutes(2), Outcome = version % 10 == 9 ? DeploymentOutcome.RolledBack : DeploymentOutcome.Promoted,
        Reason = "the canary decided", Actor = "ci",
    };

    private async Task AuditAsync(CancellationToken cancellationToken)
    {
        var previous = Digest.Of("");
        await using var log = new FileStream(
            Path.Combine(folder, "audit.jsonl"), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        for (var sequence = 1; sequence <= Entries; sequence++)
        {
            var entry = new AuditEntry(
                sequence, First.AddMinutes((double)sequence * MinutesBetween / EntriesPerRun), "ci",
                sequence % 100 == 0 ? "deploy" : "monitor",
                $"Pipeline{sequence % Pipelines}/local", "the canary decided",
                new(StringComparer.Ordinal) { ["change"] = Name("change", sequence).Hex[..16], ["version"] = $"v{1 + (sequence / 1000)}" },
                previous);
            previous = Digest.Of(JsonSerializer.SerializeToUtf8Bytes(entry, OneLine));
            await log.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry with { Digest = previous }, OneLine), cancellationToken);
            log.WriteByte((byte)'\n');
        }
    }

    private async Task WriteAsync<T>(string path, T record, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, CanonicalJson.Serialize(record), cancellationToken);
    }

    private static Digest Name(string what, int number) => Digest.Of(string.Create(CultureInfo.InvariantCulture, $"{what} {number}"));
}
