using System.Text;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>Facts of builds that were not run.</summary>
internal static class StoredFacts
{
    public static readonly DateTimeOffset Start = new(2020, 1, 10, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Registers versions of a pipeline, each of a run an hour after the one before.</summary>
    public static async Task RegisterAsync(this MlOpsStore store, int count, string pipeline = nameof(SmallDemand))
    {
        for (var version = 1; version <= count; version++)
        {
            var at = Start.AddHours(version);
            var bundle = await PutAsync(store, $"bundle {pipeline} {version}");
            var model = await PutAsync(store, $"model {pipeline} {version}");
            var run = store.Runs.NewId(at);
            await store.Runs.SaveAsync(
                new()
                {
                    Id = run, Pipeline = pipeline, Bundle = bundle, Started = at, Actor = "ann", Data = Digest.Of($"data {version}"),
                    Source = new("0123456789abcdef", "main")
                },
                CancellationToken.None);
            await store.Versions(pipeline)
                .RegisterAsync(number => new(number, bundle, model, run, at, true, null) { Maker = "ann" }, bundle, CancellationToken.None);
        }
    }

    /// <summary>Writes a move of the champion as it was made at <paramref name="hour"/>.</summary>
    public static void Move(this MlOpsStore store, int number, int? from, int? to, double hour, string pipeline = nameof(SmallDemand))
    {
        var path = Path.Combine(store.Folder, "registry", pipeline, "aliases", "champion", $"{number:00000}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, CanonicalJson.Serialize(
            new AliasMove("champion", from, to, AliasMoveKind.Promote, Start.AddHours(hour), "carl", $"reason {number}")));
    }

    /// <summary>Every file below a folder with its content, to compare before and after; what a run tells of itself aside.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] but) =>
    [
        .. (Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [])
            .Select(file => $"{Path.GetRelativePath(folder, file)} {Digest.Of(File.ReadAllBytes(file)).Abbreviated}")
            .Where(file => !file.StartsWith("last-run.json", StringComparison.Ordinal)
                && !but.Any(left => file.StartsWith(left, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<Digest> PutAsync(MlOpsStore store, string text) =>
        (await store.Blobs.PutAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None)).Digest;
}
