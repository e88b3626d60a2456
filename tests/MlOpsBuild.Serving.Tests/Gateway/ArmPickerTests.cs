using Microsoft.AspNetCore.Http;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

public sealed class ArmPickerTests
{
    private const string Token = "rehearsal";

    [Fact]
    public void The_same_seed_draws_the_same_arms_and_another_one_others()
    {
        string Draw(long seed)
        {
            var picker = new ArmPicker(seed, Token);
            return string.Concat(
                Enumerable.Range(0, 200).Select(_ => picker.Pick(GatewayWorld.Trial(1, 2, 50), Request()).Arm.ToString()[0]));
        }

        Draw(3).ShouldBe(Draw(3));
        Draw(3).ShouldNotBe(Draw(4));
    }

    [Fact]
    public void Either_arm_is_asked_first_half_of_the_time_whoever_serves()
    {
        var picker = new ArmPicker(1, Token);

        var first = Enumerable.Range(0, 4000).Count(_ => picker.Pick(GatewayWorld.Trial(1, 2, 5, 100), Request()).CanaryFirst);

        ((double)first).ShouldBe(2000, 4 * Math.Sqrt(1000));
    }

    [Theory]
    [InlineData("X-User", null)]
    [InlineData(null, "user")]
    public void A_caller_stays_with_an_arm_and_a_rising_weight_takes_callers_over_and_never_back(string? header, string? cookie)
    {
        var picker = new ArmPicker(1, Token);
        var arms = Enumerable.Range(0, 200).Select(user => new[] { 5.0, 25, 50 }.Select(percent =>
            picker.Pick(GatewayWorld.Trial(1, 2, percent) with { Sticky = new(header, cookie) }, Request($"user-{user}")).Arm).ToList())
                .ToList();

        arms.ShouldAllBe(steps => steps.SequenceEqual(steps.Order()));
        arms.Count(steps => steps[2] == TrafficArm.Canary).ShouldBeInRange(75, 125);
        var again = picker.Pick(GatewayWorld.Trial(1, 2, 50) with { Sticky = new(header, cookie) }, Request("user-7"));
        (again.Arm, again.Unit != null).ShouldBe((arms[7][2], true));
    }

    /// <summary>Somebody pays for each answer, and nobody reads the other one.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(100, true)]
    public void Of_texts_a_rehearsal_is_mirrored_as_the_policy_says(double mirror, bool mirrored)
    {
        var request = Request();
        request.Headers[ServerHeaders.Rehearsal] = Token;
        var routes = GatewayWorld.Trial(1, 2, 50, mirror) with { Contract = new([], []) { Rated = true } };

        new ArmPicker(1, Token).Pick(routes, request).Mirrored.ShouldBe(mirrored);
    }

    [Theory]
    [InlineData(Token, true)]
    [InlineData("guessed", false)]
    [InlineData(null, false)]
    public void All_of_a_rehearsal_is_mirrored_and_of_callers_the_policys_share(string? token, bool mirrored)
    {
        var request = Request();
        request.Headers[ServerHeaders.Rehearsal] = token;

        new ArmPicker(1, Token).Pick(GatewayWorld.Trial(1, 2, 50, mirror: 0), request).Mirrored.ShouldBe(mirrored);
    }

    /// <summary>
    /// Whoever stands before the gateway has drawn already: what came to the canary's port is the canary's, and nothing else.
    /// </summary>
    [Theory]
    [InlineData(false, null, TrafficArm.Baseline)]
    [InlineData(true, null, TrafficArm.Canary)]
    public void Callers_who_were_split_before_go_where_they_were_sent(bool atCanary, string? token, TrafficArm arm)
    {
        var (routes, request) = (GatewayWorld.Trial(1, 2, 50) with { SplitBefore = true }, Request());
        request.Headers[ServerHeaders.Rehearsal] = token;
        var picker = new ArmPicker(1, Token);

        Enumerable.Range(0, 100).Select(_ => picker.Pick(routes, request, atCanary).Arm).ShouldAllBe(picked => picked == arm);
    }

    [Fact]
    public void A_rehearsal_and_callers_who_stay_with_an_arm_are_split_here_all_the_same()
    {
        var (rehearsal, picker) = (Request(), new ArmPicker(1, Token));
        rehearsal.Headers[ServerHeaders.Rehearsal] = Token;
        var routes = GatewayWorld.Trial(1, 2, 50) with { SplitBefore = true };
        var sticky = routes with { Sticky = new("X-User", null) };

        Enumerable.Range(0, 400).Count(_ => picker.Pick(routes, rehearsal).Arm == TrafficArm.Canary).ShouldBeInRange(150, 250);
        Enumerable.Range(0, 400).Count(user => picker.Pick(sticky, Request($"user-{user}")).Arm == TrafficArm.Canary)
            .ShouldBeInRange(150, 250);
        (routes.PercentBefore, sticky.PercentBefore, (routes with { Canary = null }).PercentBefore).ShouldBe((50, 0, 0));
    }

    /// <summary>A route that lags behind brings nobody back to a version that was taken away.</summary>
    [Fact]
    public void Without_a_canary_its_port_is_the_baselines() =>
        new ArmPicker(1, Token).Pick(GatewayWorld.Alone(1, 1) with { SplitBefore = true }, Request(), atCanary: true).Arm
            .ShouldBe(TrafficArm.Baseline);

    [Fact]
    public void A_caller_without_the_header_is_drawn_request_by_request()
    {
        var picked = new ArmPicker(1, Token).Pick(GatewayWorld.Trial(1, 2, 50) with { Sticky = new("X-Other", null) }, Request("user-1"));

        picked.Unit.ShouldBeNull();
    }

    private static HttpRequest Request(string? user = null)
    {
        var request = new DefaultHttpContext().Request;
        if (user != null)
        {
            request.Headers["X-User"] = user;
            request.Headers.Cookie = $"user={user}";
        }

        return request;
    }
}
