using MlOpsBuild.Core;
using MlOpsBuild.Online;

namespace MlOpsBuild.Delivery.Views.Tests;

public sealed class MaterializationTests
{
    private static readonly Digest Snapshot = Digest.Of("rows");

    [Fact]
    public async Task Each_key_has_the_value_that_counts_now()
    {
        var made = Materialization.Of(
            await WeatherView.RowsAsync(
                ("north", -2, -2, 1), ("north", -1, -1, 2), ("north", 0, 1, 3), ("south", -9, -9, null), ("east", 1, 1, 4)),
            WeatherView.Taken, Snapshot, WeatherView.Noon);

        made.Values.Select(value => value.Key).ShouldBe(["north", "south"]);
        made.Values[0].Values.ShouldBe(["2", "\"clear\""]);
        made.Values[1].Values.ShouldBe(["null", "\"clear\""]);
        made.Values[0].Time.At.ShouldBe(WeatherView.Noon.AddHours(-1).UtcTicks);
        (made.State.Snapshot, made.State.Count, made.State.At).ShouldBe((Snapshot.ToString(), 2, WeatherView.Noon));
        made.State.Newest.ShouldBe(WeatherView.Noon.AddHours(-1));
    }

    [Fact]
    public async Task Every_value_is_kept_but_keys_times_and_people() =>
        Materialization.Of(await WeatherView.RowsAsync(("north", -1, -1, 2)), WeatherView.Taken, Snapshot, WeatherView.Noon)
            .State.Columns.ShouldBe(["Degrees", "Sky"]);

    [Fact]
    public async Task Personal_data_that_a_pipeline_takes_is_kept() =>
        Materialization.Of(
            await WeatherView.RowsAsync(("north", -1, -1, 2)), WeatherView.Taken with { Columns = [new("Keeper", "keeper")] }, Snapshot,
            WeatherView.Noon).State.Columns.ShouldBe(["Degrees", "Sky", "Keeper"]);

    [Fact]
    public async Task It_is_newer_than_nothing_than_other_rows_other_columns_and_what_was_the_future_then()
    {
        var rows = await WeatherView.RowsAsync(("north", -1, -1, 2), ("north", 1, 1, 3));
        var made = Materialization.Of(rows, WeatherView.Taken, Snapshot, WeatherView.Noon);
        var later = made.State with { At = WeatherView.Noon.AddHours(2) };

        made.IsNewerThan(null, rows).ShouldBeTrue();
        made.IsNewerThan(later, rows).ShouldBeFalse();
        made.IsNewerThan(made.State, rows).ShouldBeTrue();
        made.IsNewerThan(later with { Snapshot = "sha256:other" }, rows).ShouldBeTrue();
        made.IsNewerThan(later with { Columns = ["Degrees"] }, rows).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_rows_by_now_there_is_no_newest_one()
    {
        var made = Materialization.Of(await WeatherView.RowsAsync(("north", 1, 1, 2)), WeatherView.Taken, Snapshot, WeatherView.Noon);

        (made.State.Count, made.State.Newest).ShouldBe((0, null));
        made.Values.ShouldBe(Array.Empty<OnlineValue>());
    }
}
