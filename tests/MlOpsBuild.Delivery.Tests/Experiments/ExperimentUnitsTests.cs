using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Experiments.Tests;

public sealed class ExperimentUnitsTests : IDisposable
{
    private static readonly ExperimentPolicy Policy = new("revenue")
    {
        Quantity = ExperimentQuantity.Ratio, Per = "orders", Window = TimeSpan.FromHours(10), Before = TimeSpan.FromHours(24),
    };

    private readonly UnitLogFolder _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task What_a_unit_did_in_its_own_time_counts_and_nothing_else()
    {
        _log.Came(100, "a", "t", ExperimentArm.Control).Came(103, "b", "t", ExperimentArm.Treatment)
            .Did(99.9, "a", "revenue", 1).Did(100, "a", "revenue", 2).Did(109.9, "a", "revenue", 4).Did(110, "a", "revenue", 8)
            .Did(105, "a", "orders", 1).Did(112, "b", "revenue", 16).Did(113, "b", "orders", 1).Did(105, "c", "revenue", 32);

        (await UnitsAsync(200)).ShouldBe(
            [new(false, true, 6, 1) { Per = 1 }, new(true, true, 16, 0)]);
    }

    [Fact]
    public async Task What_is_known_before_ended_with_the_beginning_of_the_test()
    {
        _log.Came(110, "a", "t", ExperimentArm.Control)
            .Did(75.9, "a", "revenue", 1).Did(76, "a", "revenue", 2).Did(99.9, "a", "revenue", 4).Did(99, "a", "orders", 1)
            .Did(100, "a", "revenue", 8).Did(111, "a", "revenue", 16);

        // The test began at 100; 76 is 24 hours before. What it did between that and its first request is neither.
        (await UnitsAsync(200)).ShouldHaveSingleItem().ShouldBe(new(false, true, 16, 6) { PerBefore = 1 });
    }

    [Fact]
    public async Task A_unit_is_complete_when_its_time_is_over_and_never_after_the_test()
    {
        _log.Came(100, "a", "t", ExperimentArm.Control).Came(105, "b", "t", ExperimentArm.Treatment);

        (await UnitsAsync(109.9)).Select(unit => unit.Complete).ShouldBe([false, false]);
        (await UnitsAsync(110)).Select(unit => unit.Complete).ShouldBe([true, false]);
        (await UnitsAsync(500, ended: 112)).Select(unit => unit.Complete).ShouldBe([true, false]);
        (await UnitsAsync(500, ended: 104)).Select(unit => unit.Complete).ShouldBe([false]);
    }

    [Fact]
    public async Task Units_come_in_the_order_of_their_first_request_in_this_test()
    {
        _log.Came(50, "c").Came(90, "b", "older", ExperimentArm.Treatment).Came(100, "b", "t", ExperimentArm.Control)
            .Came(101, "a", "t", ExperimentArm.Treatment).Came(102, "b", "t", ExperimentArm.Control)
            .Came(124, "a", "t", ExperimentArm.Treatment);

        (await UnitsAsync(300)).Select(unit => unit.Treated).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Units_in_both_arms_end_the_analysis()
    {
        _log.Came(100, "a", "t", ExperimentArm.Control).Came(101, "a", "t", ExperimentArm.Treatment);

        var failure = await Should.ThrowAsync<StageFailedException>(() => UnitsAsync(300));

        failure.Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Code.ShouldBe("MLB5140"), finding => finding.Value.ShouldBe("1 units"));
    }

    [Fact]
    public async Task An_event_that_is_sent_twice_counts_once_and_a_torn_line_not_at_all()
    {
        _log.Came(100, "a", "t", ExperimentArm.Control)
            .Did(101, "a", "revenue", 5, "order-1").Did(102, "a", "revenue", 5, "order-1").Did(103, "a", "revenue", 5, "order-2")
            .Did(103, "a", "orders", 1, "order-1").Did(104, "a", "revenue", 1).Did(104, "a", "revenue", 1)
            .Torn("""{"at":"2026-11-05T""").Torn("[1]").Torn("null");

        (await UnitsAsync(200)).ShouldHaveSingleItem().ShouldBe(new(false, true, 12, 0) { Per = 1 });
    }

    [Fact]
    public async Task Metrics_that_nobody_asked_for_are_named()
    {
        _log.Did(1, "a", "revenu", 5).Did(2, "a", "clicks", 1).Did(2, "a", "revenue", 1).Did(2, "a", "orders", 1);

        var history = await _log.ReadAsync(Policy);

        (history.Outcomes, string.Join(",", history.OtherMetrics)).ShouldBe((1, "clicks,revenu"));
        (await _log.ReadAsync(Policy, from: 1.5)).OtherMetrics.ShouldBe(["clicks"]);
    }

    [Fact]
    public async Task Before_a_test_units_are_read_as_a_test_would_have_met_them()
    {
        // The log has 40 hours: a unit's time takes 10, of the rest one half, 15, is what is known before.
        _log.Came(0, "a").Did(5, "a", "revenue", 1).Did(14.9, "a", "revenue", 2)
            .Came(20, "a").Did(19.9, "a", "revenue", 4).Did(20, "a", "revenue", 8).Did(29.9, "a", "revenue", 16).Did(30, "a", "revenue", 32)
            .Came(29, "b").Came(30.1, "c");

        (await BeforeAsync(40)).ShouldBe([new(false, true, 24, 3), new(false, true, 0, 0)]);
    }

    [Fact]
    public async Task A_log_that_is_younger_than_a_units_time_knows_nothing_before()
    {
        (await BeforeAsync(40)).ShouldBeEmpty();
        _log.Came(0, "a").Did(1, "a", "revenue", 1);

        (await BeforeAsync(9)).ShouldBeEmpty();
        (await BeforeAsync(10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task New_units_are_counted_by_days_that_end_now()
    {
        _log.Came(0, "a").Came(1, "b").Came(30, "a").Came(31, "c").Came(60, "d").Came(61, "e").Came(71, "a");

        // Three days before hour 72: a and b, then c, then d and e.
        new ExperimentUnits(Policy, await _log.ReadAsync(Policy)).NewUnits(UnitLogFolder.At(72)).ShouldBe([2, 1, 2]);
    }

    [Fact]
    public async Task Of_a_log_of_hours_a_day_is_as_many_times_as_large()
    {
        _log.Came(0, "a").Came(1, "b").Came(2, "c");
        var history = await _log.ReadAsync(Policy);

        new ExperimentUnits(Policy, history).NewUnits(UnitLogFolder.At(6)).ShouldBe([12]);
        new ExperimentUnits(Policy, await new UnitLogFolder().ReadAsync(Policy)).NewUnits(UnitLogFolder.At(6)).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<ExperimentUnit>> UnitsAsync(double now, double? ended = null) =>
        new ExperimentUnits(Policy, await _log.ReadAsync(Policy)).Of(
            new()
            {
                Id = "t", Pipeline = "Tiny", Environment = "local", Version = 2, From = 1, Policy = Policy,
                Plan = new(1, 1, 1, 1, 1, 1, 0, 1), Seed = 1, Started = UnitLogFolder.At(100), Actor = "tester",
                Ended = ended is { } hours ? UnitLogFolder.At(hours) : null,
            },
            UnitLogFolder.At(now));

    private async Task<IReadOnlyList<ExperimentUnit>> BeforeAsync(double now) =>
        new ExperimentUnits(Policy, await _log.ReadAsync(Policy)).Before(UnitLogFolder.At(now));
}
