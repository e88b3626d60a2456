using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Canary.Tests;

public sealed class CanaryControllerTests
{
    private readonly ManualTime _time = new();
    private readonly List<CanaryLook> _seen = [];

    [Fact]
    public async Task A_healthy_canary_gets_its_weights_in_order_and_keeps_them_when_promoted()
    {
        var traffic = new FakeTraffic(1, 200);

        var course = await RunAsync(traffic);

        course.Decision.ShouldBe(CanaryDecision.Promote);
        traffic.Weights.ShouldBe([5, 25, 50]);
        course.Looks[^1].Decision.ShouldBe(CanaryDecision.Promote);
        course.Looks.ShouldBe(_seen);
    }

    [Fact]
    public async Task Each_step_lasts_until_its_requests_are_answered_and_looks_come_every_half_second()
    {
        var traffic = new FakeTraffic(1, 200);

        var course = await RunAsync(traffic);

        course.Looks.Select(look => look.CanaryPercent).Take(7).ShouldBe([5, 5, 5, 25, 25, 25, 50]);
        course.Looks.Zip(course.Looks.Skip(1)).ShouldAllBe(pair => pair.Second.At - pair.First.At == CanaryController.LookEvery);
    }

    [Fact]
    public async Task A_bad_canary_loses_its_traffic_before_the_result_is_told()
    {
        var traffic = new FakeTraffic(2, 200) { Rate = (arm, kind) => arm == TrafficArm.Canary && kind == BadEvent.Error ? 0.3 : 0 };

        var course = await RunAsync(traffic);

        course.Decision.ShouldBe(CanaryDecision.Rollback);
        course.Reason.ShouldStartWith("Error: ");
        traffic.Weights[^1].ShouldBe(-1);
    }

    [Fact]
    public async Task A_canary_without_a_decision_within_its_budget_loses_its_traffic()
    {
        var traffic = new FakeTraffic(3, 200) { Errors = random => FakeTraffic.Correlated(random, 0.9, 1.0488, 0) };

        var course = await RunAsync(traffic, new() { MaximumRequests = 1200, RequestsPerStep = 200 });

        course.Decision.ShouldBe(CanaryDecision.Inconclusive);
        course.Reason.ShouldStartWith("the budget of 1200 requests is used; not yet settled: the loss");
        traffic.Weights.ShouldBe([5, 25, 50, -1]);
    }

    [Fact]
    public async Task Without_labels_a_canary_is_promoted_only_where_the_policy_says_how_far_predictions_may_move()
    {
        var unlabelled = await RunAsync(new(1, 200) { Labelled = _ => 0 }, new() { MaximumRequests = 2000 });
        var allowed = await RunAsync(new(1, 200) { Labelled = _ => 0 }, new() { UnlabelledChange = 0.5 });
        var moved = await RunAsync(
            new(1, 200) { Labelled = _ => 0, Errors = random => (random.NextNormal(), 3 + random.NextNormal()) },
            new() { UnlabelledChange = 0.5, MaximumRequests = 2000 });

        (unlabelled.Decision, unlabelled.Looks[^1].Seen.Change!.Mean > 0).ShouldBe((CanaryDecision.Inconclusive, true));
        unlabelled.Reason.ShouldContain("the loss, since no label came");
        allowed.Decision.ShouldBe(CanaryDecision.Promote);
        moved.Decision.ShouldBe(CanaryDecision.Inconclusive);
    }

    [Fact]
    public async Task Without_mirroring_different_requests_are_compared_and_more_are_needed()
    {
        var mirrored = await RunAsync(new(1, 200));
        var single = await RunAsync(new(1, 200) { Mirrored = false }, new() { Steps = [50], MaximumRequests = 60_000 });

        (mirrored.Decision, single.Decision).ShouldBe((CanaryDecision.Promote, CanaryDecision.Promote));
        single.Looks[^1].Seen.Loss!.OnSameRequest.ShouldBe(0);
        single.Looks[^1].Seen.Loss!.Rows.ShouldBeGreaterThan(mirrored.Looks[^1].Seen.Loss!.Rows);
        single.Reason.ShouldContain("pairs of requests");
    }

    [Fact]
    public async Task Two_versions_that_predict_the_same_without_any_error_are_equal()
    {
        var course = await RunAsync(new(1, 200) { Errors = _ => (0, 0) });

        course.Decision.ShouldBe(CanaryDecision.Promote);
    }

    [Fact]
    public async Task A_wild_error_is_an_event_of_its_own_although_the_difference_is_cut()
    {
        var course = await RunAsync(new(1, 200)
        {
            Errors = random => random.NextDouble() < 0.03 ? (random.NextNormal(), 1000) : FakeTraffic.Correlated(random, 0.9, 1, 1)
        });

        course.Decision.ShouldBe(CanaryDecision.Rollback);
        course.Reason.ShouldStartWith("GrossError: ");
        course.Looks[^1].Seen.Loss!.Clipped.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_bias_is_shown_and_not_judged()
    {
        var course = await RunAsync(new(1, 200) { Errors = random => FakeTraffic.Correlated(random, 0.9, 1, 1) });

        var loss = course.Looks[^1].Seen.Loss!;
        loss.ChampionBias.ShouldBe(1, 0.2);
        loss.CandidateBias.ShouldBe(0, 0.2);
    }

    [Fact]
    public async Task A_first_version_that_is_hopeless_is_stopped_early()
    {
        var traffic = new FakeTraffic(1, 200) { Alone = true, Rate = (_, kind) => kind == BadEvent.Error ? 0.3 : 0 };

        var course = await RunAsync(traffic);

        (course.Decision, course.Looks.Count).ShouldBe((CanaryDecision.Rollback, 1));
        course.Reason.ShouldStartWith("Error: ");
        traffic.Weights.ShouldBe([100, -1]);
    }

    [Fact]
    public async Task A_first_version_is_served_once_its_rates_are_bounded_and_its_answers_level()
    {
        var course = await RunAsync(new(1, 200) { Alone = true });

        course.Decision.ShouldBe(CanaryDecision.Promote);
        course.Reason.ShouldStartWith("no rate of bad events above 1%");
        course.Looks[^1].Seen.CanaryRequests.ShouldBeGreaterThanOrEqualTo(690);
    }

    [Fact]
    public async Task A_stall_in_its_first_second_does_not_stand_against_a_first_version()
    {
        var stalled = await RunAsync(new(1, 200) { Alone = true, Time = (_, second) => second == 0 ? 700 : 2 });
        var slow = await RunAsync(new(1, 200) { Alone = true, Time = (_, _) => 700 });

        stalled.Decision.ShouldBe(CanaryDecision.Promote);
        slow.Decision.ShouldBe(CanaryDecision.Rollback);
        slow.Reason.ShouldStartWith("Slow: ");
    }

    /// <summary>A slow first second of both, and three seconds' evidence was mild enough to promote what answers after 300 ms.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_slow_to_the_last_is_not_promoted_because_its_first_second_did_not_count(ulong seed)
    {
        var course = await RunAsync(new(seed, 200)
        {
            Errors = random => FakeTraffic.Correlated(random, 1, 1, 0),
            Time = (arm, second) => arm == TrafficArm.Canary ? 300 : second == 0 ? 10 : 2
        });

        course.Decision.ShouldBe(CanaryDecision.Rollback);
        course.Reason.ShouldStartWith("Slow: ");
    }

    /// <summary>A cold start was held against a version for good: evidence of seconds in which nothing is slow is none.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_was_slow_while_it_started_and_no_longer_is_is_promoted(ulong seed)
    {
        var course = await RunAsync(new(seed, 200)
        {
            Errors = random => FakeTraffic.Correlated(random, 1, 1, 0),
            Time = (arm, second) => arm == TrafficArm.Canary && second < 6 ? 300 : 2
        });

        (course.Decision, course.Reason).ShouldBe((CanaryDecision.Promote, course.Reason));
        course.Looks[^1].Seen.Metrics.Single(metric => metric.Event == BadEvent.Slow).Quiet.ShouldBeGreaterThanOrEqualTo(5);
    }

    /// <summary>Three of four seconds are slow: it is never quiet for as long as it lasted.</summary>
    [Fact]
    public async Task What_is_slow_again_and_again_is_not_promoted()
    {
        var course = await RunAsync(new(1, 200)
        {
            Errors = random => FakeTraffic.Correlated(random, 1, 1, 0),
            Time = (arm, second) => arm == TrafficArm.Canary && second % 4 != 3 ? 300 : 2
        });

        course.Decision.ShouldBe(CanaryDecision.Rollback);
        course.Reason.ShouldStartWith("Slow: ");
    }

    /// <summary>
    /// A version 300 ms slower was promoted while something else kept the machine busy: both were slow, and no second counted.
    /// </summary>
    [Theory]
    [InlineData(80, 380, CanaryDecision.Rollback)]
    [InlineData(80, 100, CanaryDecision.Promote)]
    public async Task On_a_machine_that_makes_both_slow_the_one_that_is_much_slower_is_found(
        double baseline, double canary, CanaryDecision decision)
    {
        var course = await RunAsync(new(1, 200)
        {
            Errors = random => FakeTraffic.Correlated(random, 1, 1, 0), Time = (arm, _) => arm == TrafficArm.Canary ? canary : baseline
        });

        (course.Decision, course.Reason).ShouldBe((decision, course.Reason));
    }

    [Fact]
    public async Task Of_a_long_canary_looks_are_thinned_out_and_the_last_one_is_kept()
    {
        var course = await RunAsync(new(1, 10) { Errors = random => FakeTraffic.Correlated(random, 0.9, 1.0488, 0) });

        course.Looks.Count.ShouldBeLessThanOrEqualTo(202);
        course.Looks[^1].Decision.ShouldNotBe(CanaryDecision.Continue);
    }

    [Fact]
    public async Task When_somebody_else_changed_the_routes_before_it_began_it_touches_nothing()
    {
        var traffic = new FakeTraffic(1, 200) { OwnedFor = 0 };

        var course = await RunAsync(traffic);

        course.Decision.ShouldBe(CanaryDecision.Overtaken);
        course.Reason.ShouldStartWith("somebody else changed the routes");
        course.Looks.ShouldBeEmpty();
        traffic.Weights.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_somebody_else_changes_the_routes_it_ends_and_leaves_them()
    {
        var traffic = new FakeTraffic(1, 200) { OwnedFor = 1 };

        var course = await RunAsync(traffic);

        course.Decision.ShouldBe(CanaryDecision.Overtaken);
        course.Reason.ShouldStartWith("somebody else changed the routes");
        traffic.Weights.ShouldBe([5]);
    }

    [Fact]
    public async Task Silence_is_inconclusive_after_half_a_minute()
    {
        var traffic = new FakeTraffic(1, 100) { SilentAfter = 2 };
        var started = _time.GetUtcNow();

        var course = await RunAsync(traffic);

        course.Decision.ShouldBe(CanaryDecision.Inconclusive);
        course.Reason.ShouldBe("no request for 30 s: too little traffic to decide");
        traffic.Weights.ShouldBe([5, -1]);
        (_time.GetUtcNow() - started).ShouldBeInRange(TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(33));
    }

    [Fact]
    public async Task No_traffic_at_all_is_never_healthy()
    {
        var course = await RunAsync(new FakeTraffic(1, 0));

        course.Decision.ShouldBe(CanaryDecision.Inconclusive);
    }

    [Fact]
    public async Task Cancelling_puts_traffic_back_and_then_throws()
    {
        using var stopping = new CancellationTokenSource();
        var traffic = new FakeTraffic(1, 100) { BeforeRead = count => Cancel(count, stopping) };

        await Should.ThrowAsync<OperationCanceledException>(RunAsync(traffic, null, stopping.Token));

        traffic.Weights.ShouldBe([5, -1]);
        traffic.Reads.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_failure_to_count_puts_traffic_back_and_is_told()
    {
        var traffic = new FakeTraffic(1, 100) { BeforeRead = count => _ = count < 3 ? 0 : throw new IOException("the gateway is gone") };

        (await Should.ThrowAsync<IOException>(RunAsync(traffic))).Message.ShouldBe("the gateway is gone");

        traffic.Weights.ShouldBe([5, -1]);
    }

    private static void Cancel(int count, CancellationTokenSource stopping)
    {
        if (count == 3)
        {
            stopping.Cancel();
        }
    }

    private Task<CanaryCourse> RunAsync(FakeTraffic traffic, CanaryPolicy? policy = null, CancellationToken cancellationToken = default) =>
        Trials.RunAsync(traffic, policy, time: _time, told: _seen.Add, cancellationToken: cancellationToken);
}
