using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Schema.Tests;

/// <summary>
/// A store of the first layout is brought forward when it is opened, as often as that may be, and a newer one is refused.
/// </summary>
public sealed class FirstLayoutTests : IDisposable
{
    private static readonly IReadOnlyList<AliasMove> Moves =
    [
        new("champion", null, 1, AliasMoveKind.Promote, DateTimeOffset.UnixEpoch, "a", "first"),
        new("candidate", null, 2, AliasMoveKind.Promote, DateTimeOffset.UnixEpoch, "b", "second"),
        new("champion", 1, 2, AliasMoveKind.Promote, DateTimeOffset.UnixEpoch, "c", "third"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Builds_that_open_it_at_once_bring_it_forward_together()
    {
        await WriteAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MlOpsStore.At(_folder.Path, TimeProvider.System))));

        (await MlOpsStore.At(_folder.Path, TimeProvider.System).Versions("Demand").HistoryAsync("champion", CancellationToken.None))
            .ShouldBe([Moves[0], Moves[2]]);
        Files().Count.ShouldBe(9);
    }

    [Fact]
    public async Task Facts_are_where_the_new_layout_looks_for_them()
    {
        await WriteAsync();

        var store = MlOpsStore.At(_folder.Path, TimeProvider.System);

        Files().ShouldBe(
        [
            "deployments/20260102/20260102-000000-bbbbbb.json", "registry/Demand/aliases.json.before-schema-2",
            "registry/Demand/aliases/candidate/00001.json",
            "registry/Demand/aliases/champion/00001.json", "registry/Demand/aliases/champion/00002.json",
            "runs/20260101/20260101-000000-aaaaaa.json", "runs/undated/odd.json",
            "stages/ab/abcdef.json", "store.json",
        ]);
        (await store.Versions("Demand").HistoryAsync("champion", CancellationToken.None)).ShouldBe([Moves[0], Moves[2]]);
        (await store.Versions("Demand").HistoryAsync("candidate", CancellationToken.None)).ShouldBe([Moves[1]]);
    }

    [Fact]
    public async Task Opening_it_again_changes_nothing()
    {
        await WriteAsync();
        var origin = MlOpsStore.At(_folder.Path, TimeProvider.System).Origin;
        var before = Contents();

        MlOpsStore.At(_folder.Path, TimeProvider.System).Origin.ShouldBe(origin);

        Contents().ShouldBe(before);
    }

    [Fact]
    public async Task Bringing_it_forward_can_be_repeated_when_it_was_cut_short()
    {
        await WriteAsync();
        MlOpsStore.At(_folder.Path, TimeProvider.System).Origin.Length.ShouldBe(6);
        var whole = Files();
        File.Delete(_folder[".mlops/store.json"]);
        File.Move(_folder[".mlops/registry/Demand/aliases.json.before-schema-2"], _folder[".mlops/registry/Demand/aliases.json"]);
        File.Delete(_folder[".mlops/registry/Demand/aliases/champion/00002.json"]);
        File.Move(_folder[".mlops/stages/ab/abcdef.json"], _folder[".mlops/stages/abcdef.json"]);

        MlOpsStore.At(_folder.Path, TimeProvider.System);

        Files().ShouldBe(whole);
    }

    [Fact]
    public async Task Damaged_moves_are_told_and_kept()
    {
        await WriteAsync();
        await File.WriteAllTextAsync(_folder[".mlops/registry/Demand/aliases.json"], "{ half");

        var problem = Should.Throw<StageFailedException>(() => MlOpsStore.At(_folder.Path, TimeProvider.System));

        problem.Findings.ShouldHaveSingleItem().What.ShouldBe("A registry file is damaged");
        (await File.ReadAllTextAsync(_folder[".mlops/registry/Demand/aliases.json"])).ShouldBe("{ half");
    }

    [Fact]
    public async Task A_newer_store_is_refused_and_nothing_is_changed()
    {
        await WriteAsync();
        await File.WriteAllTextAsync(_folder[".mlops/store.json"], """{"schema": 3, "origin": "abcdef", "more": true}""");
        var before = Contents();

        var problem = Should.Throw<UsageException>(() => MlOpsStore.At(_folder.Path, TimeProvider.System));

        problem.Findings.ShouldHaveSingleItem().Value.ShouldBe("schema 3");
        Contents().ShouldBe(before);
    }

    [Fact]
    public void A_folder_without_a_store_stays_without_one()
    {
        MlOpsStore.At(_folder.Path, TimeProvider.System);

        Directory.Exists(_folder[".mlops"]).ShouldBeFalse();
    }

    private async Task WriteAsync()
    {
        foreach (var (path, content) in new (string, byte[])[]
        {
            ("runs/20260101-000000-aaaaaa.json", Encoding.UTF8.GetBytes("{}")), ("runs/odd.json", Encoding.UTF8.GetBytes("{}")),
            ("deployments/20260102-000000-bbbbbb.json", Encoding.UTF8.GetBytes("{}")),
            ("stages/abcdef.json", Encoding.UTF8.GetBytes("{}")), ("registry/Demand/aliases.json", CanonicalJson.Serialize(Moves)),
        })
        {
            var file = _folder[".mlops/" + path];
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content);
        }
    }

    private List<string> Files() => [.. Contents().Keys];

    private SortedDictionary<string, string> Contents() => new(
        Directory.GetFiles(_folder[".mlops"], "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(_folder[".mlops"], file).Replace('\\', '/'), File.ReadAllText),
                StringComparer.Ordinal);
}
