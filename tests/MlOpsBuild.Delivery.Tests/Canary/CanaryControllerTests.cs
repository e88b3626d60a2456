using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Canary.Tests;

public sealed class CanaryControllerTests
{
    private readonly ManualTime _time = new();
    private readonly SeenLooks _seen = new();

    [Fact]
    public async Task A_healthy_canary_gets_its_weights_in_order_and_keeps_them_when_promoted()
    {
        var traffic = new FakeTraffic(1, 200);

        var course = await RunAsync(traffic);

        course.Decision.ShouldBe(CanaryDecision.Promote);
        traffic.Weights.ShouldBe([5, 25, 50]);
        course.Looks[^1].Decision.ShouldBe(CanaryDecision.Promote);
        course.Looks.ShouldBe(_seen.Looks);
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
        traffic.Weights[^1].ShouldBe(0);
    }

    [Fact]
    public async Task A_canary_without_a_decision_within_its_budget_loses_its_traffic()
    {
        var traffic = new FakeTraffic(3, 200) { Rate = (arm, kind) => kind == BadEvent.Slow ? arm == TrafficArm.Canary ? 0.15 : 0.1 : 0 };

        var course = await RunAsync(traffic, new() { MaximumRequests = 1200, RequestsPerStep = 200 });

        course.Decision.ShouldBe(CanaryDecision.Inconclusive);
        course.Reason.ShouldStartWith("the budget of 1200 requests is used");
        traffic.Weights.ShouldBe([5, 25, 50, 0]);
    }

    [Fact]
    public async Task When_somebody_else_changed_the_routes_before_it_began_it_touches_nothing()
    {
        var traffic = new FakeTraffic(1, 200) { OwnedFor = 0 };

        var course = await RunAsync(traffic);

        course.Decision.ShouldBe(CanaryDecision.Inconclusive);
        course.Reason.ShouldStartWith("somebody else changed the routes");
        course.Looks.ShouldBeEmpty();
        traffic.Weights.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_somebody_else_changes_the_routes_it_ends_and_leaves_them()
    {
        var traffic = new FakeTraffic(1, 200) { OwnedFor = 1 };

        var course = await RunAsync(traffic);

        course.Decision.ShouldBe(CanaryDecision.Inconclusive);
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
        traffic.Weights.ShouldBe([5, 0]);
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
        var traffic = new FakeTraffic(1, 100) { BeforeCount = count => Cancel(count, stopping) };

        await Should.ThrowAsync<OperationCanceledException>(RunAsync(traffic, null, stopping.Token));

        traffic.Weights.ShouldBe([5, 0]);
        traffic.Counts.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_failure_to_count_puts_traffic_back_and_is_told()
    {
        var traffic = new FakeTraffic(1, 100) { BeforeCount = count => _ = count < 3 ? 0 : throw new IOException("the gateway is gone") };

        (await Should.ThrowAsync<IOException>(RunAsync(traffic))).Message.ShouldBe("the gateway is gone");

        traffic.Weights.ShouldBe([5, 0]);
    }

    private static void Cancel(int count, CancellationTokenSource stopping)
    {
        if (count == 3)
        {
            stopping.Cancel();
        }
    }

    private Task<CanaryCourse> RunAsync(FakeTraffic traffic, CanaryPolicy? policy = null, CancellationToken cancellationToken = default) =>
        new CanaryController(policy ?? new(), traffic, _time).RunAsync(_seen, cancellationToken);
}
