using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Versions.Tests;

public sealed class AliasTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_alias_that_was_never_moved_names_nothing()
    {
        (await Registry().ResolveAsync("champion", CancellationToken.None)).ShouldBeNull();
        (await Registry().HistoryAsync("champion", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alias_names_the_version_it_was_moved_to_last()
    {
        await RegisterAsync(3);
        await MoveAsync("champion", null, 1);
        await MoveAsync("champion", 1, 3);
        await MoveAsync("challenger", null, 2);

        (await Registry().ResolveAsync("champion", CancellationToken.None)).ShouldNotBeNull().Number.ShouldBe(3);
        (await Registry().ResolveAsync("challenger", CancellationToken.None)).ShouldNotBeNull().Number.ShouldBe(2);
    }

    [Fact]
    public async Task An_alias_can_be_taken_away_and_given_again()
    {
        await RegisterAsync(1);
        await MoveAsync("champion", null, 1);

        await MoveAsync("champion", 1, null);

        (await Registry().ResolveAsync("champion", CancellationToken.None)).ShouldBeNull();
        (await MoveAsync("champion", null, 1)).From.ShouldBeNull();
    }

    [Fact]
    public async Task History_has_every_move_of_the_alias_with_who_when_and_why()
    {
        var start = _time.GetUtcNow();
        await Registry().MoveAsync("champion", null, 1, AliasMoveKind.Promote, "ann", "better", CancellationToken.None);
        await MoveAsync("challenger", null, 1);
        _time.Advance(TimeSpan.FromHours(1));
        await Registry().MoveAsync("champion", 1, 2, AliasMoveKind.Rollback, "bob", "drift", CancellationToken.None);

        (await Registry().HistoryAsync("champion", CancellationToken.None)).ShouldBe(
        [
            new("champion", null, 1, AliasMoveKind.Promote, start, "ann", "better"),
            new("champion", 1, 2, AliasMoveKind.Rollback, start.AddHours(1), "bob", "drift"),
        ]);
    }

    [Fact]
    public async Task A_move_from_a_value_that_is_no_longer_true_is_refused_with_both_values()
    {
        await MoveAsync("champion", null, 1);
        await MoveAsync("champion", 1, 2);

        var failure = await Should.ThrowAsync<StageFailedException>(MoveAsync("champion", 1, 3));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("Alias 'champion' was moved by another build");
        finding.Value.ShouldBe("v2");
        finding.Expected.ShouldBe("v1");
        finding.Fix.ShouldNotBeNullOrEmpty();
        (await Registry().HistoryAsync("champion", CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_first_move_that_comes_second_is_refused()
    {
        await MoveAsync("champion", null, 1);

        var failure = await Should.ThrowAsync<StageFailedException>(MoveAsync("champion", null, 2));

        failure.Findings.ShouldHaveSingleItem().Expected.ShouldBe("no version");
    }

    [Fact]
    public async Task A_refused_move_of_an_alias_that_names_nothing_says_so()
    {
        var failure = await Should.ThrowAsync<StageFailedException>(MoveAsync("champion", 1, 2));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe("no version");
    }

    [Fact]
    public async Task Of_moves_at_once_from_the_same_value_exactly_one_is_made()
    {
        var moves = await Task.WhenAll(Enumerable.Range(1, 10).Select(to => Task.Run(async () =>
        {
            try
            {
                return await MoveAsync("champion", null, to);
            }
            catch (StageFailedException)
            {
                return null;
            }
        })));

        var made = moves.OfType<AliasMove>().ShouldHaveSingleItem();
        (await Registry().HistoryAsync("champion", CancellationToken.None)).ShouldBe([made]);
    }

    [Fact]
    public async Task Moves_of_different_aliases_at_once_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(1, 10).Select(alias => Task.Run(() => MoveAsync($"environment-{alias}", null, alias))));

        for (var alias = 1; alias <= 10; alias++)
        {
            (await Registry().HistoryAsync($"environment-{alias}", CancellationToken.None)).ShouldHaveSingleItem().To.ShouldBe(alias);
        }
    }

    private VersionRegistry Registry() => MlOpsStore.At(_folder.Path, _time).Versions("Demand");

    private Task<AliasMove> MoveAsync(string alias, int? expected, int? to) =>
        Registry().MoveAsync(alias, expected, to, AliasMoveKind.Promote, "tester", "because", CancellationToken.None);

    private async Task RegisterAsync(int count)
    {
        for (var version = 1; version <= count; version++)
        {
            var bundle = Digest.Of($"bundle {version}");
            await Registry().RegisterAsync(
                number => new(number, bundle, Digest.Of("model"), "run", _time.GetUtcNow(), false, null), bundle, CancellationToken.None);
        }
    }
}
