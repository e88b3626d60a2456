using MlOpsBuild.Core;
using MlOpsBuild.Store.Schema;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Runs.Tests;

/// <summary>Runs of one pipeline are found among many without reading all, and the same ones whatever became of the notes.</summary>
public sealed class RunNotesTests : IDisposable
{
    private const int Many = 300;
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    private RunStore Runs => new(_folder["runs"], () => "0a1b2c");

    private string Notes => _folder["cache/runs.notes"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_of_a_pipeline_are_those_that_reading_all_would_find()
    {
        Fill();

        var runs = await Runs.OfAsync("Churn", CancellationToken.None);

        runs.Select(run => run.Rows).ShouldBe(Enumerable.Range(0, Many).Where(run => run % 3 == 1).Reverse().Select(run => (int?)run));
        (await Runs.OfAsync("Nobody", CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("garbage")]
    [InlineData("older")]
    public async Task Notes_that_are_gone_damaged_or_behind_change_nothing(string? fate)
    {
        Fill();
        var older = await NotedAsync();
        Save(Many, "Churn");
        Save(4, "Demand");
        await Runs.OfAsync("Churn", CancellationToken.None);
        if (fate == null)
        {
            File.Delete(Notes);
        }
        else
        {
            File.WriteAllBytes(Notes, fate == "older" ? older : "garbage"u8.ToArray());
        }

        var runs = await Runs.OfAsync("Churn", CancellationToken.None);

        runs.Count.ShouldBe((Many / 3) + 1 - 1);
        runs[0].Rows.ShouldBe(Many);
        runs.ShouldNotContain(run => run.Rows == 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(298)]
    public async Task The_latest_that_is_wanted_is_found_however_far_back_it_is(int rows)
    {
        Fill();

        var found = await Runs.LatestAsync(Pipeline(rows), run => run.Rows <= rows, CancellationToken.None);

        found.ShouldNotBeNull().Rows.ShouldBe(rows);
    }

    [Fact]
    public async Task Runs_of_other_days_are_not_read_for_the_latest()
    {
        Fill();
        File.WriteAllText(_folder["runs/20260101/20260101T000000.000Z-0a1b2c.json"], "damaged");

        (await Runs.LatestAsync("Demand", _ => true, CancellationToken.None)).ShouldNotBeNull().Rows.ShouldBe(297);

        File.Exists(Notes).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_run_is_told_with_notes_as_without()
    {
        Fill();
        await Runs.OfAsync("Churn", CancellationToken.None);
        File.WriteAllText(FileOf(150), "damaged");

        await Should.ThrowAsync<System.Text.Json.JsonException>(Runs.OfAsync("Churn", CancellationToken.None));
    }

    [Fact]
    public async Task A_name_that_is_only_reserved_is_no_run()
    {
        Fill();
        Runs.NewId(First.AddDays(400));

        (await Runs.OfAsync("Churn", CancellationToken.None)).Count.ShouldBe(Many / 3);
        (await Runs.LatestAsync("Churn", _ => true, CancellationToken.None)).ShouldNotBeNull().Rows.ShouldBe(Many - 2);
    }

    [Fact]
    public async Task Runs_in_a_folder_that_is_no_day_are_in_their_place_among_the_others()
    {
        Fill();
        var id = "later-than-any";
        Directory.CreateDirectory(_folder["runs/undated"]);
        File.WriteAllBytes(
            _folder[$"runs/undated/{id}.json"],
            CanonicalJson.Serialize(new RunRecord { Id = id, Pipeline = "Churn", Started = First, Rows = 7_000 }));

        (await Runs.LatestAsync("Churn", _ => true, CancellationToken.None)).ShouldNotBeNull().Rows.ShouldBe(7_000);
        (await Runs.OfAsync("Churn", CancellationToken.None))[0].Rows.ShouldBe(7_000);
    }

    private async Task<byte[]> NotedAsync()
    {
        await Runs.OfAsync("Churn", CancellationToken.None);
        return File.ReadAllBytes(Notes);
    }

    private void Fill()
    {
        for (var run = 0; run < Many; run++)
        {
            Save(run, Pipeline(run));
        }
    }

    private void Save(int run, string pipeline)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(run))!);
        File.WriteAllBytes(
            FileOf(run),
            CanonicalJson.Serialize(new RunRecord { Id = Id(run), Pipeline = pipeline, Started = First.AddHours(run), Rows = run }));
        File.SetLastWriteTimeUtc(FileOf(run), First.UtcDateTime.AddHours(pipeline == Pipeline(run) ? 0 : 1));
    }

    private static string Pipeline(int run) => (run % 3) switch { 0 => "Demand", 1 => "Churn", _ => "Other" };

    private static string Id(int run) => $"{FactPath.NameOf(First.AddHours(run))}-0a1b2c";

    private string FileOf(int run) => _folder[$"runs/{Id(run)[..8]}/{Id(run)}.json"];
}
