using MlOpsBuild.Dashboard.Tests;
using MlOpsBuild.Delivery.Experiments;

namespace MlOpsBuild.Dashboard.State.Tests;

public sealed class StateComposerTests
{
    private static PlaceView Demand => Example.State.Places[0];

    [Fact]
    public void Servers_are_told_with_role_weight_and_state() =>
        Demand.Servers.Select(server => (server.Version, server.Role, server.Percent, server.State)).ShouldBe(
        [
            (3, "champion", 75, "serves"), (4, "canary", 25, "serves"), (2, "for a rollback", 0, "warm"),
            (1, "for a rollback", 0, "dead: killed"),
        ]);

    [Fact]
    public void Versions_are_told_with_what_became_of_them_and_where_they_come_from()
    {
        Demand.Versions.Select(version => (version.Number, version.State)).ShouldBe(
            [(4, "rolled back"), (3, "serves"), (2, ""), (1, "")]);
        (Demand.Versions[0].Metrics, Demand.Versions[3].Simulated).ShouldBe(("RMSE 96", true));
        Demand.Versions[0].Origin.ShouldStartWith("run r4, data ");
        Demand.Versions[0].Origin.ShouldEndWith(", commit 0123456789");
    }

    [Fact]
    public void A_version_that_was_taken_back_is_told_also_when_it_was_promoted_before()
    {
        var facts = Example.Facts with { Champion = 1, Moves = [.. Example.Facts.Moves.Take(3)] };

        StateComposer.Of([facts], []).Places[0].Versions.Single(version => version.Number == 2).State.ShouldBe("rolled back");
    }

    [Fact]
    public void What_Monitor_found_is_told_with_drift_and_slices()
    {
        var watch = Demand.Watch!;

        (watch.Version, watch.Verdict, watch.Since).ShouldBe((3, "Failed", "2026-11-10"));
        watch.Summary.ShouldBe("720 rows from 2026-10-22 to 2026-11-21 12:00 UTC, 700 with labels");
        watch.Aspects.Select(aspect => (aspect.Name, aspect.Verdict, aspect.Judged))
            .ShouldBe([("requests", "Passed", true), ("loss", "Failed", true), ("predictions", "Inconclusive", false)]);
        watch.Drift!.ShouldContain(">temp<");
        watch.Slices.ShouldBe(["plan = 1: loss 9, 4 on the hold-out, 90 % of the rise"]);
    }

    [Fact]
    public void What_chance_would_do_is_shown_where_there_are_days_enough_to_tell()
    {
        var unknown = Example.Facts with
        {
            Watched = Example.Facts.Watched! with { Columns = [new("temp", 0.3, null, false), new("odd", double.NaN, 0.1, false)] },
        };

        Demand.Watch!.Drift!.ShouldContain("by chance");
        var drawn = StateComposer.Of([unknown], []).Places[0].Watch!.Drift!;
        drawn.ShouldNotContain("by chance");
        drawn.ShouldNotContain(">odd<");
        drawn.ShouldNotContain("Infinity");
    }

    [Fact]
    public void A_canary_is_told_as_far_as_it_has_come_and_how_long_it_takes()
    {
        var canary = StateComposer.Of([Example.Facts with { Canary = Example.Canary }], []).Places[0].Canary!;

        (canary.Version, canary.Percent, canary.Requests).ShouldBe((4, 25, "1,000 of at most 8,000"));
        canary.Losses.ShouldBe("4.1 against 4 on 500 same requests");
        canary.Left.ShouldBe("at most 63 s", "7,000 requests at 1,000 in 9 s");
        canary.Chart!.ShouldStartWith("<svg");
    }

    [Fact]
    public void An_A_B_test_is_told_with_its_arms_and_what_was_last_seen()
    {
        var test = StateComposer.Of([Example.Facts with { Experiment = Example.Experiment }], []).Places[0].Experiment!;

        (test.Version, test.From, test.Open, test.Verdict).ShouldBe((4, 3, true, "Better"));
        test.Arms.ShouldBe([["control", "v3", "2,010", "20.0"], ["treatment", "v4", "1,990", "22.0"]]);
        test.Headers.ShouldBe(["arm", "version", "units", "revenue per unit"]);
        test.Lines.ShouldContain("split: 50 % asked for, χ² p = 0.75, e-value 0.02 (broken above 2,000)");
        Demand.Experiment.ShouldBeNull();
    }

    [Fact]
    public void An_A_B_test_that_nobody_looked_at_is_there_all_the_same()
    {
        var ended = Example.Experiment with { Look = null, Arms = null, Decision = ExperimentDecision.Keep };
        var facts = Example.Facts with { Experiment = ended };

        var test = StateComposer.Of([facts], []).Places[0].Experiment!;

        (test.Open, test.Verdict, test.Arms.Count).ShouldBe((false, "Running", 0));
    }

    [Fact]
    public void Before_its_first_look_a_canary_promises_nothing()
    {
        var canary = StateComposer.Of([Example.Facts with { Canary = Example.Canary with { Looks = [] } }], []).Places[0].Canary!;

        (canary.Requests, canary.Losses, canary.Left, canary.Reason, canary.Chart)
            .ShouldBe(("0 of at most 8,000", "no label came yet", "", "it begins", null));
    }

    [Fact]
    public void Alerts_and_audit_are_the_newest_first()
    {
        Example.State.Alerts.Select(entry => entry.Action).ShouldBe(["alert: Open", "monitor: Failed"]);
        Example.State.Audit.Select(entry => entry.Action).ShouldBe(["alert: Open", "monitor: Failed", "deploy"]);
        Example.State.Audit[0].At.ShouldBe("2026-11-21 12:00:00");
    }

    [Fact]
    public void Where_nobody_answers_there_is_still_what_the_store_knows()
    {
        var place = StateComposer.Of([Example.Facts with { Observed = null, Problem = "the engine is down" }], []).Places[0];

        (place.Address, place.Problem, place.Servers.Count, place.Versions.Count).ShouldBe((null, "the engine is down", 0, 4));
    }
}
