using System.Text;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Gateway.Tests;

public sealed class EventCounterTests
{
    private static readonly RouteTable Routes = new(1, new(1, 1), new(2, 2), 25, new(100, 10, 5));
    private readonly EventCounter _counter = new();

    [Fact]
    public void A_good_answer_in_time_is_a_request_and_nothing_bad()
    {
        Count(TrafficArm.Canary, 200, Prediction(50));

        var epoch = _counter.Read().ShouldHaveSingleItem();
        (epoch.Epoch, epoch.CanaryShare, epoch.Canary.Requests, epoch.Canary.Bad.Count, epoch.Baseline.Requests).ShouldBe((1, 0.25, 1, 0, 0));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(499)]
    public void Wrong_input_is_not_counted_at_all(int status)
    {
        Count(TrafficArm.Baseline, status, "{}");

        _counter.Read().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public void A_failure_is_an_error_and_no_contract_violation(int status)
    {
        Count(TrafficArm.Baseline, status, "");

        Bad().ShouldBe([(BadEvent.Error, 1)]);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void An_answer_later_than_the_limit_is_slow(int milliseconds, bool slow)
    {
        Count(TrafficArm.Baseline, 200, Prediction(50), milliseconds);

        Bad().ShouldBe(slow ? [(BadEvent.Slow, 1)] : []);
    }

    [Fact]
    public void A_late_failure_is_both()
    {
        Count(TrafficArm.Baseline, 500, "", 200);

        Bad().ShouldBe([(BadEvent.Error, 1), (BadEvent.Slow, 1)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("[1.5]")]
    [InlineData("""{"prediction": "NaN", "version": 1, "id": "a"}""")]
    [InlineData("""{"prediction": "much", "version": 1, "id": "a"}""")]
    public void A_good_status_without_a_prediction_is_a_contract_violation(string body)
    {
        Count(TrafficArm.Baseline, 200, body);

        Bad().ShouldBe([(BadEvent.ContractViolation, 1)]);
    }

    [Theory]
    [InlineData("""{"version": 1, "id": "a"}""")]
    [InlineData("{}")]
    public void An_object_that_lacks_the_prediction_is_a_contract_violation(string body)
    {
        Count(TrafficArm.Baseline, 200, body);

        Bad().ShouldBe([(BadEvent.ContractViolation, 1)]);
    }

    [Theory]
    [InlineData(40, false, false)]
    [InlineData(39.9, true, false)]
    [InlineData(55, false, false)]
    [InlineData(55.1, false, true)]
    public void A_prediction_of_fifty_is_bad_beyond_the_limits_only(double label, bool tooHigh, bool tooLow)
    {
        Count(TrafficArm.Baseline, 200, Prediction(50));

        _counter.Label(Routes.Limits, new("a", label)).ShouldBeTrue();

        var arm = _counter.Read()[0].Baseline;
        (arm.Labels, arm.Of(BadEvent.TooHigh), arm.Of(BadEvent.TooLow)).ShouldBe((1, tooHigh ? 1 : 0, tooLow ? 1 : 0));
    }

    [Fact]
    public void Without_limits_no_prediction_is_bad()
    {
        Count(TrafficArm.Baseline, 200, Prediction(50));

        _counter.Label(new(100, null, null), new("a", 1_000_000));

        (_counter.Read()[0].Baseline.Labels, Bad().Count).ShouldBe((1, 0));
    }

    [Fact]
    public void Epochs_are_kept_apart_and_in_order()
    {
        _counter.Count(Routes with { Epoch = 7, CanaryPercent = 50 }, TrafficArm.Canary, "a", Answer(200, Prediction(1)), TimeSpan.Zero);
        _counter.Count(Routes with { Epoch = 2, CanaryPercent = 5 }, TrafficArm.Baseline, "b", Answer(200, Prediction(1)), TimeSpan.Zero);

        _counter.Read().Select(epoch => (epoch.Epoch, epoch.CanaryShare, epoch.Baseline.Requests, epoch.Canary.Requests)).ShouldBe([(2, 0.05, 1, 0), (7, 0.5, 0, 1)]);
    }

    [Fact]
    public void What_was_read_does_not_change_afterwards()
    {
        Count(TrafficArm.Baseline, 500, "");
        var before = _counter.Read()[0].Baseline;
        Count(TrafficArm.Baseline, 500, "", id: "b");

        (before.Requests, before.Of(BadEvent.Error)).ShouldBe((1, 1));
    }

    [Fact]
    public void Only_the_newest_hundred_thousand_predictions_are_remembered()
    {
        var answer = Answer(200, Prediction(50));
        for (var i = 0; i <= 100_000; i++)
        {
            _counter.Count(Routes, TrafficArm.Baseline, $"id{i}", answer, TimeSpan.Zero);
        }

        _counter.Label(Routes.Limits, new("id0", 50)).ShouldBeFalse();
        _counter.Label(Routes.Limits, new("id1", 50)).ShouldBeTrue();
        _counter.Label(Routes.Limits, new("id100000", 50)).ShouldBeTrue();
    }

    [Fact]
    public async Task Counts_from_many_threads_add_up()
    {
        var answer = Answer(500, "");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                _counter.Count(Routes, thread % 2 == 0 ? TrafficArm.Canary : TrafficArm.Baseline, $"{thread}-{i}", answer, TimeSpan.Zero);
            }
        })));

        var epoch = _counter.Read().ShouldHaveSingleItem();
        (epoch.Canary.Requests, epoch.Baseline.Requests, epoch.Canary.Of(BadEvent.Error)).ShouldBe((2000, 2000, 2000));
    }

    private static string Prediction(double value) => $$"""{"prediction": {{value}}, "version": 1, "id": "a"}""";

    private static UpstreamAnswer Answer(int status, string body) => new(status, Encoding.UTF8.GetBytes(body), false);

    private void Count(TrafficArm arm, int status, string body, int milliseconds = 1, string id = "a") =>
        _counter.Count(Routes, arm, id, Answer(status, body), TimeSpan.FromMilliseconds(milliseconds));

    private List<(BadEvent Kind, int Count)> Bad() => [.. _counter.Read().Single().Baseline.Bad.Select(pair => (pair.Key, pair.Value))];
}
