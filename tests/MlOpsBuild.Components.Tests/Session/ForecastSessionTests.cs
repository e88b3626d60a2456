using MlOpsBuild.Components.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Session.Tests;

public sealed class ForecastSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly KeptOutput _output = new();
    private readonly RunSession _session;

    public ForecastSessionTests() =>
        _session = new(_folder.Path, [], new Dictionary<string, string>(), new ManualTime(), _output, isServerBuild: false);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_forecast_says_nothing_by_the_way_and_masks_all_the_same()
    {
        _session.BeginForecast();
        _session.BeginForecast();

        _session.Output.Line("line");
        _session.Output.Warn("warning");
        _session.Output.Good("good");
        _session.Output.Progress("progress");
        _session.Output.Table(["header"], []);
        _session.Output.Mask("secret");

        _output.All.ShouldBeEmpty();
        _output.Masked.ShouldBe(["secret"]);
    }

    [Fact]
    public async Task A_forecast_keeps_no_record_and_takes_no_name()
    {
        _session.BeginForecast();
        var run = _session.RunOf(new SmallDemand(), new Dictionary<string, string>(), ["Train"]);

        await run.RecordAsync(record => record with { Rows = 7 }, CancellationToken.None);

        (run.Record.Rows, run.Record.Targets[0]).ShouldBe((7, "Train"));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Forecasts_are_taken_once_and_in_order()
    {
        _session.Forecast(new("ingest", false, null));
        _session.Forecast(new("train", true, "rows 1 → 2"));

        _session.TakeForecasts().Select(forecast => forecast.ToString())
            .ShouldBe(["ingest: would be restored", "train: would run (rows 1 → 2)"]);
        _session.TakeForecasts().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_team_joining_and_sharing_do_nothing()
    {
        await _session.JoinAsync(new("none", null, null, null), null, pulls: true, CancellationToken.None);
        await _session.ShareAsync(CancellationToken.None);

        _session.Store.Team.ShouldBeNull();
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
        _output.All.ShouldBeEmpty();
    }
}
