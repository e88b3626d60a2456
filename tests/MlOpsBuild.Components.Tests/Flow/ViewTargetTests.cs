using System.Globalization;
using System.Text;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Online;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class ViewTargetTests : IDisposable
{
    private const int Days = 120;
    private static readonly DateTime First = new(2026, 1, 1, 6, 0, 0);
    private readonly TestRun _run = new();

    public ViewTargetTests()
    {
        var (rides, weather) = (new StringBuilder("At,Station,Count\n"), new StringBuilder("Station,At,Degrees\n"));
        var random = new SplitMix64(1);
        for (var day = 0; day < Days; day++)
        {
            var (at, luck) = (First.AddDays(day), random.NextDouble() * 20);
            rides.Append(CultureInfo.InvariantCulture, $"{at:s},north,{luck + (day % 7)}\n{at.AddHours(12):s},south,{luck * 2}\n");
            weather.Append(CultureInfo.InvariantCulture, $"north,{at.AddHours(-1):s},{day % 7}\n");
        }

        File.WriteAllText(Path.Combine(_run.Root, "rides.csv"), rides.ToString());
        Weather(weather.ToString());
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Training_joins_the_view_and_the_run_names_its_snapshot()
    {
        (await _run.RunAsync<ViewedBuild>("Train")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("feature view weather: 120 rows found a value, 120 are of a key of which nothing was known yet");
        var record = await RecordAsync();
        record.Stages.Select(stage => stage.Stage).ShouldBe(["ingest", "ingest-weather", "join", "validate", "train"]);
        record.Views!["weather"].ShouldBe(Digest.Of(File.ReadAllText(Path.Combine(_run.Root, "weather-1.csv"))));

        (await _run.RunAsync<ViewedBuild>("Train")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("train: restored");
    }

    [Fact]
    public async Task New_values_train_another_model_and_later_ones_do_not()
    {
        (await _run.RunAsync<ViewedBuild>("Train")).ShouldBe(0, _run.Output);
        var before = (await RecordAsync()).Model;

        Weather("Station,At,Degrees\nnorth,2036-01-01T00:00:00,99\n", part: 2);
        (await _run.RunAsync<ViewedBuild>("Train")).ShouldBe(0, _run.Output);
        (await RecordAsync()).Model.ShouldBe(before);
        _run.Output.ShouldContain("train: restored");

        Weather("Station,At,Degrees\nnorth,2026-01-02T04:30:00,99\nsouth,2026-01-05T17:00:00,3\n", part: 3);
        (await _run.RunAsync<ViewedBuild>("Train")).ShouldBe(0, _run.Output);
        (await RecordAsync()).Model.ShouldNotBe(before);
    }

    [Fact]
    public async Task Rows_as_they_were_give_the_model_of_then()
    {
        File.Copy(Path.Combine(_run.Root, "weather-1.csv"), Path.Combine(_run.Root, "then.csv"));
        (await _run.RunAsync<ViewedBuild>("Train")).ShouldBe(0, _run.Output);
        var then = (await RecordAsync()).Model;
        Weather("Station,At,Degrees\nnorth,2026-01-02T04:30:00,99\nsouth,2026-01-05T17:00:00,3\n", part: 2);
        (await _run.RunAsync<ViewedBuild>("Train")).ShouldBe(0, _run.Output);
        (await RecordAsync()).Model.ShouldNotBe(then);

        (await _run.RunAsync<ViewedBuild>("Train", "--view-data", "weather=then.csv")).ShouldBe(0, _run.Output);

        (await RecordAsync()).Model.ShouldBe(then);
    }

    [Theory]
    [InlineData("tides=then.csv", "MLB7183")]
    [InlineData("then.csv", "MLB7182")]
    [InlineData("weather=", "MLB7182")]
    [InlineData("weather=nowhere.csv", "nowhere.csv")]
    public async Task Rows_of_a_view_that_is_none_are_refused(string given, string told)
    {
        (await _run.RunAsync<ViewedBuild>("Train", "--view-data", given)).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain(told);
    }

    [Fact]
    public async Task Rows_of_a_view_that_break_its_contract_fail_the_build()
    {
        Weather("Station,At,Degrees\nnorth,2026-01-02T04:30:00,warm\n", part: 2);

        (await _run.RunAsync<ViewedBuild>("ValidateData")).ShouldBe(3, _run.Output);

        _run.Output.ShouldContain("weather-2.csv, line 2, column Degrees");
    }

    [Fact]
    public async Task What_data_look_like_and_what_changed_is_told_of_joined_rows()
    {
        (await _run.RunAsync<ViewedBuild>("Profile", "--pipeline", "ViewedDemand")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("Degrees");
    }

    [Fact]
    public async Task Materialize_writes_what_counts_now()
    {
        Weather("Station,At,Degrees\nnorth,2026-09-01T00:00:00,7\nsouth,2026-02-01T00:00:00,5\nnorth,2136-01-01T00:00:00,99\n", part: 2);

        (await _run.RunAsync<ViewedBuild>("Materialize")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("feature view weather: the values of 2 keys for ViewedDemand/local, the newest of ");
        _run.Output.ShouldContain("some rows are of the future");
        var store = new FileOnlineStore(Path.Combine(_run.Root, ".mlops", "features", "ViewedDemand.local"), TimeProvider.System);
        var found = (await store.FindAsync([new("weather", ["south", "east"])], CancellationToken.None))[0];
        found.Values[0]!.Values.ShouldBe(["5"]);
        found.Values[1].ShouldBeNull();
    }

    [Fact]
    public async Task Where_no_engine_answers_values_are_kept_and_whoever_may_lack_them_is_told()
    {
        _run.Environment["DOCKER_HOST"] = $"unix://{Path.Combine(_run.Root, "none.sock")}";

        (await _run.RunAsync<ViewedBuild>("Materialize", "--environment", "docker")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("none.sock: No container engine runs here");
        _run.Output.ShouldContain("MLB5019");
        var store = new FileOnlineStore(Path.Combine(_run.Root, ".mlops", "features", "ViewedDemand.docker"), TimeProvider.System);
        (await store.StateAsync("weather", CancellationToken.None))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_named()
    {
        (await _run.RunAsync<ViewedBuild>("Materialize", "--set", "redis=true")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("FEATURES");
    }

    [RedisFact]
    public async Task A_connection_string_is_used_and_written_nowhere()
    {
        using var redis = await RedisServer.StartAsync();
        _run.Environment["FEATURES"] = redis.Connection;

        (await _run.RunAsync<ViewedBuild>("Materialize", "--set", "redis=true")).ShouldBe(0, _run.Output);

        await using var store = new RedisOnlineStore(redis.Connection, "ViewedDemand.local", TimeProvider.System);
        (await store.StateAsync("weather", CancellationToken.None))!.Count.ShouldBe(1);
        _run.Output.ShouldNotContain(RedisServer.Password);
        Directory.GetFiles(Path.Combine(_run.Root, ".mlops"), "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(RedisServer.Password, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pipeline_without_views_says_so()
    {
        (await _run.RunAsync<DeployingBuild>("Materialize")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("SmallDemand takes values of no feature view");
    }

    private void Weather(string text, int part = 1) =>
        File.WriteAllText(Path.Combine(_run.Root, $"weather-{part}.csv"), text);

    private async Task<RunRecord> RecordAsync() =>
        (await _run.Store.Runs.OfAsync(nameof(ViewedDemand), CancellationToken.None))[0];
}
