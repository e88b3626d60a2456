using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Runs.Tests;

public sealed class RunStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly RunStore _runs;

    public RunStoreTests() => _runs = new(_folder["runs"], () => "0a1b2c");

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs are ordered by what came after what, not by a clock that was wrong once.</summary>
    [Fact]
    public async Task A_run_comes_after_every_run_that_was_known_when_it_began_whatever_the_clock_says()
    {
        var wrong = _runs.NewId(new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await _runs.SaveAsync(new() { Id = wrong, Pipeline = "Clock", Started = Noon }, CancellationToken.None);
        var right = _runs.NewId(new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await _runs.SaveAsync(new() { Id = right, Pipeline = "Clock", Started = Noon }, CancellationToken.None);

        (await _runs.OfAsync("Clock", CancellationToken.None)).Select(run => run.Id).ShouldBe([right, wrong]);
        right.ShouldStartWith("20310101T000000.001Z");
    }

    [Fact]
    public void An_id_is_the_time_in_utc() =>
        _runs.NewId(new(2026, 11, 21, 14, 30, 5, 7, TimeSpan.FromHours(2))).ShouldBe("20261121T123005.007Z-0a1b2c");

    [Fact]
    public async Task Runs_are_listed_newest_first_in_whatever_order_they_were_saved()
    {
        foreach (var minutes in (int[])[5, 600, 0, 60 * 24 * 40, 1])
        {
            // As runs of other machines come: named there, and saved here in any order.
            var started = Noon.AddMinutes(minutes);
            await _runs.SaveAsync(
                new() { Id = $"{Schema.FactPath.NameOf(started)}-{minutes:000000}", Pipeline = "Demand", Started = started },
                CancellationToken.None);
        }

        (await ListAsync()).Select(run => (run.Started - Noon).TotalMinutes).ShouldBe([60 * 24 * 40, 600, 5, 1, 0]);
    }

    [Fact]
    public async Task Runs_that_begin_at_the_same_time_have_ids_of_their_own()
    {
        var ids = new List<string>();
        for (var run = 0; run < 4; run++)
        {
            ids.Add(await SaveNewAsync(Noon));
        }

        ids.ShouldBeUnique();
        (await ListAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Runs_that_begin_in_the_same_millisecond_are_listed_newest_first()
    {
        var earlier = await SaveNewAsync(Noon);
        var later = await SaveNewAsync(Noon.AddMicroseconds(400));

        (await ListAsync()).Select(run => run.Id).ShouldBe([later, earlier]);
    }

    [Fact]
    public async Task Saving_a_run_again_replaces_its_earlier_state()
    {
        var id = await SaveNewAsync(Noon);

        await _runs.SaveAsync(new() { Id = id, Pipeline = "Demand", Started = Noon, Rows = 17 }, CancellationToken.None);

        (await ListAsync()).ShouldHaveSingleItem().Rows.ShouldBe(17);
    }

    [Fact]
    public async Task Runs_of_other_pipelines_are_not_listed()
    {
        var id = await SaveNewAsync(Noon);
        await _runs.SaveAsync(new() { Id = "20261121T130000.000Z", Pipeline = "Demand2", Started = Noon }, CancellationToken.None);

        (await ListAsync()).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public async Task A_record_comes_back_as_it_was_saved()
    {
        var record = new RunRecord
        {
            Id = "20261121T120000.000Z",
            Pipeline = "Demand",
            Started = Noon,
            Targets = ["Train", "Test"],
            Data = Digest.Of("data"),
            Seed = long.MaxValue,
            Source = new(new('a', 40), "main", true),
            Machine = new Dictionary<string, string> { ["os"] = "Linux" },
            Stages = [new("train", Digest.Of("key"), false, "rows 1 → 2", 1.5, 1.5), new("test", Digest.Of("other"), true, null, 0.1, 41)],
            Metrics = [new("RMSE", 1.0 / 3, Direction.LowerIsBetter, 100)],
            Gates = [new("beats", "RMSE", 1, null, "baseline", new(-2, -1, 0.95), Verdict.Passed, "better")],
        };

        await _runs.SaveAsync(record, CancellationToken.None);

        var read = (await ListAsync()).ShouldHaveSingleItem();
        CanonicalJson.Serialize(read).ShouldBe(CanonicalJson.Serialize(record));
        (read.Seed, read.Data, read.Source).ShouldBe((record.Seed, record.Data, record.Source));
        read.Stages.ShouldBe(record.Stages);
        read.Metrics.ShouldBe(record.Metrics);
        read.Gates.ShouldBe(record.Gates);
    }

    [Fact]
    public async Task What_a_killed_writer_left_behind_is_not_a_run()
    {
        await SaveNewAsync(Noon);
        File.WriteAllText(_folder["runs/20261121T120001.000Z.json.4711-0123456789abcdef.tmp"], "{ half");

        (await ListAsync()).ShouldHaveSingleItem();
    }

    private async Task<string> SaveNewAsync(DateTimeOffset started)
    {
        var id = _runs.NewId(started);
        await _runs.SaveAsync(new() { Id = id, Pipeline = "Demand", Started = started }, CancellationToken.None);
        return id;
    }

    private Task<IReadOnlyList<RunRecord>> ListAsync() => _runs.OfAsync("Demand", CancellationToken.None);
}
