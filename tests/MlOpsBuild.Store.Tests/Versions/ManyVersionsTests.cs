using MlOpsBuild.Core;
using MlOpsBuild.Store.Schema;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Versions.Tests;

/// <summary>A registry with many versions and moves answers as one with few, whatever became of its notes.</summary>
public sealed class ManyVersionsTests : IDisposable
{
    private const int Many = 150;
    private readonly TemporaryFolder _folder = new();

    private VersionRegistry Registry => MlOpsStore.At(_folder.Path, new ManualTime()).Versions("Demand");

    public ManyVersionsTests()
    {
        for (var number = 1; number <= Many; number++)
        {
            Write("versions", number, Version(number));
            Write(
                "aliases/champion", number,
                new AliasMove("champion", number - 1, number, AliasMoveKind.Promote, DateTimeOffset.UnixEpoch, "ci", $"move {number}"));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("garbage")]
    public async Task All_are_listed_with_notes_and_without(string? fate)
    {
        var first = await Registry.AllAsync(CancellationToken.None);
        var moves = await Registry.HistoryAsync("champion", CancellationToken.None);
        foreach (var notes in Directory.GetFiles(_folder[".mlops/cache"], "Demand-*.notes"))
        {
            if (fate == null)
            {
                File.Delete(notes);
            }
            else
            {
                File.WriteAllText(notes, fate);
            }
        }

        first.Select(version => version.Number).ShouldBe(Enumerable.Range(1, Many));
        moves.Select(move => move.To).ShouldBe(Enumerable.Range(1, Many).Select(number => (int?)number));
        (await Registry.AllAsync(CancellationToken.None)).ShouldBe(first);
        (await Registry.HistoryAsync("champion", CancellationToken.None)).ShouldBe(moves);
    }

    [Fact]
    public async Task A_version_that_was_damaged_since_it_was_noted_is_told()
    {
        await Registry.AllAsync(CancellationToken.None);
        File.WriteAllText(_folder[".mlops/registry/Demand/versions/00077.json"], "damaged");

        (await Should.ThrowAsync<StageFailedException>(Registry.AllAsync(CancellationToken.None))).Findings[0].Code.ShouldBe("MLB4018");
    }

    [Fact]
    public async Task The_newest_move_says_what_an_alias_names_and_older_ones_are_not_read()
    {
        File.WriteAllText(_folder[".mlops/registry/Demand/aliases/champion/00003.json"], "damaged");
        File.WriteAllText(_folder[".mlops/registry/Demand/versions/00003.json"], "damaged");

        (await Registry.ResolveAsync("champion", CancellationToken.None)).ShouldNotBeNull().Number.ShouldBe(Many);
        (await Registry.FindAsync(12, CancellationToken.None)).ShouldBe(Version(12));
        (await Registry.FindAsync(Many + 1, CancellationToken.None)).ShouldBeNull();
    }

    /// <summary>The number in a file counts, as it does where all are read.</summary>
    [Fact]
    public async Task A_version_in_a_file_of_another_number_is_found_by_its_own()
    {
        Write("versions", 5, Version(6) with { Run = "by hand" });
        Write("versions", 6, Version(5));

        (await Registry.FindAsync(5, CancellationToken.None)).ShouldBe(Version(5));
        (await Registry.FindAsync(6, CancellationToken.None)).ShouldNotBeNull().Run.ShouldBe("by hand");
    }

    [Fact]
    public async Task A_bundle_that_is_known_is_not_registered_again_and_a_new_one_gets_the_next_number()
    {
        (await Registry.RegisterAsync(_ => throw new InvalidOperationException(), Version(7).Bundle, CancellationToken.None))
            .Number.ShouldBe(7);
        (await Registry.RegisterAsync(Version, Version(Many + 1).Bundle, CancellationToken.None)).Number.ShouldBe(Many + 1);

        var moved = await Registry.MoveAsync(
            "champion", Many, Many + 1, AliasMoveKind.Promote, "ci", "better", CancellationToken.None);

        moved.From.ShouldBe(Many);
        (await Registry.HistoryAsync("champion", CancellationToken.None))[^1].Reason.ShouldBe("better");
        (await Registry.PredecessorsAsync("champion", CancellationToken.None)).Take(3)
            .ShouldBe([Many, Many - 1, Many - 2]);
    }

    private static ModelVersion Version(int number) =>
        new(number, Digest.Of($"bundle {number}"), Digest.Of($"model {number}"), "run", DateTimeOffset.UnixEpoch, false, null);

    private void Write<T>(string folder, int number, T record)
    {
        var path = _folder[$".mlops/registry/Demand/{folder}/{FactPath.Numbered(number)}"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, CanonicalJson.Serialize(record));
        File.SetLastWriteTimeUtc(path, new(2026, 1, 1, 0, 0, number % 60, DateTimeKind.Utc));
    }
}
