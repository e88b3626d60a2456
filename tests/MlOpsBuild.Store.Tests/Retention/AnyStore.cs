using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Tests;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Retention.Tests;

/// <summary>What builds of two pipelines did, one thing a day, in any order; and a policy.</summary>
internal sealed record AnyStore(AnyDeed[] Deeds, int Newest, int? Days)
{
    private static readonly string[] Pipelines = ["Demand", "Other"];

    public static Arbitrary<AnyStore> Arbitrary { get; } = (
        from deeds in (
            from kind in Gen.Elements(Enum.GetValues<AnyDeedKind>())
            from pipeline in Gen.Choose(0, 1)
            from number in Gen.Choose(1, 6)
            select new AnyDeed(kind, Pipelines[pipeline], number))
            .ArrayOf()
        from newest in Gen.Choose(1, 3)
        from days in Gen.Choose(-3, 8)
        select new AnyStore(deeds, newest, days > 0 ? days : null)).ToArbitrary();

    public RetentionPolicy Policy => new(Newest, Days is { } days ? TimeSpan.FromDays(days) : null);

    /// <summary>Versions that a move, a deployment or an audit entry names.</summary>
    public IReadOnlyList<(string Pipeline, int Number)> Named =>
        [.. Deeds.Where(deed => deed.Kind is AnyDeedKind.Promote or AnyDeedKind.Deploy or AnyDeedKind.Audit)
            .Select(deed => (deed.Pipeline, deed.Number))
            .Distinct()];

    /// <summary>Writes it all, as files.</summary>
    public void WriteTo(Machine machine)
    {
        var moves = new Dictionary<string, int>();
        var versions = new Dictionary<string, int>();
        var bundles = new Dictionary<(string, int), Digest>();
        var entry = default(Audit.AuditEntry);
        foreach (var (index, deed) in Deeds.Index())
        {
            machine.Time.Advance(TimeSpan.FromDays(1));
            var now = machine.Time.GetUtcNow();
            var id = $"{now:yyyyMMdd'T'HHmmss'.'fff'Z'}-{index:000000}";
            switch (deed.Kind)
            {
                case AnyDeedKind.Register:
                    var number = versions[deed.Pipeline] = versions.GetValueOrDefault(deed.Pipeline) + 1;
                    var parts = Parts(deed.Pipeline, number);
                    var manifest = Blob(
                        machine,
                        $$"""{ "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": ["{{Blob(machine, parts[0])}}", "{{Blob(machine, parts[1])}}"] }""");
                    bundles[(deed.Pipeline, number)] = manifest;
                    Write(machine, $"runs/{id[..8]}/{id}.json", new RunRecord { Id = id, Pipeline = deed.Pipeline, Started = now });
                    Write(
                        machine, $"registry/{deed.Pipeline}/versions/{number:00000}.json",
                        new ModelVersion(number, manifest, Digest.Of(parts[0]), id, now, true, null));
                    break;
                case AnyDeedKind.Promote:
                    var move = moves[deed.Pipeline] = moves.GetValueOrDefault(deed.Pipeline) + 1;
                    Write(
                        machine, $"registry/{deed.Pipeline}/aliases/champion/{move:00000}.json",
                        new AliasMove("champion", null, deed.Number, AliasMoveKind.Promote, now, "ann", "better"));
                    break;
                case AnyDeedKind.Deploy:
                    Write(
                        machine, $"deployments/{id[..8]}/{id}.json",
                        new { id, pipeline = deed.Pipeline, version = deed.Number, started = now });
                    break;
                case AnyDeedKind.Audit:
                    entry = new Audit.AuditEntry(
                        0, now, "ann", "deploy", $"{deed.Pipeline}/local", "because",
                        new(StringComparer.Ordinal) { ["version"] = $"v{deed.Number}" }, default)
                        .After(entry);
                    Directory.CreateDirectory(machine.Store.Folder);
                    File.AppendAllText(machine["audit.jsonl"], entry.ToLine());
                    break;
                case AnyDeedKind.Approve when bundles.TryGetValue((deed.Pipeline, deed.Number), out var bundle):
                    Write(
                        machine, $"approvals/{id[..8]}/{id}.json",
                        new { id, pipeline = deed.Pipeline, environment = "local", bundle, at = now, reason = deed.Number });
                    break;
                case AnyDeedKind.Run:
                    Write(
                        machine, $"runs/{id[..8]}/{id}.json",
                        new RunRecord { Id = id, Pipeline = deed.Pipeline, Started = now, Evidence = Blob(machine, "evidence " + id) });
                    break;
            }
        }
    }

    /// <summary>Content in the bundle of a version: the model, then the rows.</summary>
    public static string[] Parts(string pipeline, int number) => [$"model {pipeline} {number}", $"rows {pipeline} {number}"];

    public override string ToString() =>
        $"{string.Join(", ", Deeds.Select(deed => $"{deed.Kind} {deed.Pipeline} {deed.Number}"))}; keep {Newest} {Days}d";

    private static Digest Blob(Machine machine, string text)
    {
        var digest = Digest.Of(text);
        Machine.Write(machine[$"blobs/sha256/{digest.Hex}"], text);
        return digest;
    }

    private static void Write<T>(Machine machine, string path, T fact)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(machine[path])!);
        File.WriteAllBytes(machine[path], CanonicalJson.Serialize(fact));
    }
}
