using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Alerts.Tests;

public sealed class AlertDispatcherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly Channel _loud = new("loud", isQuiet: false);
    private readonly Channel _silent = new("silent", isQuiet: true);

    private MlOpsStore Store => MlOpsStore.At(_folder.Path, _time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_channel_is_told_once_that_it_began_and_once_that_it_is_over()
    {
        foreach (var result in new[] { Looks.Failed(), Looks.Failed(), Looks.Inconclusive(), Looks.Passed(), Looks.Passed() })
        {
            await TellAsync(result);
        }

        _loud.Told.Select(alert => alert.State).ShouldBe([AlertState.Open, AlertState.Over]);
        (await Store.Audit.ReadAsync(CancellationToken.None))
            .Where(entry => entry.Details["channel"] == "loud")
            .Select(entry => (entry.Action, entry.Subject, entry.Details["state"], entry.Details["version"], entry.Details["points"]))
            .ShouldBe([("alert", "Demand/local", "Open", "v3", "loss"), ("alert", "Demand/local", "Over", "v3", "")]);
    }

    [Fact]
    public async Task A_quiet_channel_gets_the_newest_figures_at_each_look_and_one_entry()
    {
        await TellAsync(Looks.Failed());
        await TellAsync(Looks.Failed());

        (_silent.Told.Count, _loud.Told.Count).ShouldBe((2, 1));
        (await Store.Audit.ReadAsync(CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_channel_did_not_take_is_told_by_the_next_look()
    {
        _loud.Fails = true;
        (await TellAsync(Looks.Failed())).ShouldContain(("loud was not told, the next look tries again: busy", true));
        _loud.Fails = false;

        (await TellAsync(Looks.Failed())).ShouldContain(("loud was told: Demand v3 on local got worse: loss", false));
    }

    [Fact]
    public async Task Another_machine_that_shares_the_audit_log_tells_nothing_twice()
    {
        await TellAsync(Looks.Failed());
        var elsewhere = new Channel("loud", isQuiet: false);

        var lines = await new AlertDispatcher([elsewhere], Store.Audit, "another", null)
            .TellAsync(Looks.Failed(), Looks.AlertOf(Looks.Failed()), _time.GetUtcNow(), CancellationToken.None);

        lines.ShouldBeEmpty();
        elsewhere.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_place_is_told_for_itself()
    {
        await TellAsync(Looks.Failed());
        await TellAsync(Looks.Failed() with { Environment = "docker" });
        await TellAsync(Looks.Failed() with { Pipeline = "Churn" });

        _loud.Told.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_entry_that_nobody_can_read_counts_as_never_told()
    {
        await Store.Audit.AppendAsync(
            "x", "alert", "Demand/local", "?", new(StringComparer.Ordinal) { ["channel"] = "loud", ["state"] = "?" },
            CancellationToken.None);

        await TellAsync(Looks.Failed());

        _loud.Told.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task In_quiet_hours_only_what_disturbs_nobody_is_told_and_the_rest_after_them()
    {
        var quiet = QuietHours.Parse("11:00-13:00");

        await TellAsync(Looks.Failed(), quiet);
        (_loud.Told.Count, _silent.Told.Count).ShouldBe((0, 1));
        _time.Advance(TimeSpan.FromHours(1));
        await TellAsync(Looks.Failed(), quiet);

        _loud.Told.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_began_and_ended_in_quiet_hours_is_told_to_nobody()
    {
        var quiet = QuietHours.Parse("11:00-13:00");
        await TellAsync(Looks.Failed(), quiet);
        _time.Advance(TimeSpan.FromHours(1));

        await TellAsync(Looks.Passed(), quiet);

        _loud.Told.ShouldBeEmpty();
        _silent.Told.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_alert_of_a_version_that_serves_no_more_is_over_for_that_version()
    {
        await TellAsync(Looks.Failed(3));
        await TellAsync(Looks.Inconclusive(4));

        _loud.Told.Select(alert => (alert.State, alert.Version)).ShouldBe([(AlertState.Open, 3), (AlertState.Over, 3)]);
        _loud.Told[1].Points.ShouldBe([new("what serves", "v4 serves now", null)]);
        AlertText.Plain(_loud.Told[1]).ShouldStartWith("Demand v3 on local: over\n\nwhat serves\n  v4 serves now\n");
    }

    private Task<IReadOnlyList<(string Text, bool Failed)>> TellAsync(MonitorResult result, QuietHours? quiet = null) =>
        new AlertDispatcher([_loud, _silent], Store.Audit, "tester", quiet)
            .TellAsync(result, Looks.AlertOf(result), _time.GetUtcNow(), CancellationToken.None);

    private sealed class Channel(string name, bool isQuiet) : IAlertChannel
    {
        public string Name => name;

        public bool IsQuiet => isQuiet;

        public bool Fails { get; set; }

        public List<Alert> Told { get; } = [];

        public Task TellAsync(Alert alert, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new AlertNotToldException("busy");
            }

            Told.Add(alert);
            return Task.CompletedTask;
        }
    }
}
