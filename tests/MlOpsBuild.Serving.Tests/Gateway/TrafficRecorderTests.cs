using System.Text;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Gateway.Tests;

public sealed class TrafficRecorderTests
{
    private readonly TrafficRecorder _recorder = new(remembered: 10);

    [Fact]
    public void A_request_that_waits_for_its_label_does_not_keep_its_body()
    {
        var exchange = new Exchange(RouteTable.Empty, TrafficArm.Baseline, mirrored: true, 0, null, [1, 2, 3]);

        _recorder.Answered(exchange, TrafficArm.Baseline, Answer(1));
        exchange.Body.ShouldBe([1, 2, 3]);
        _recorder.Answered(exchange, TrafficArm.Canary, Answer(2));

        exchange.Body.ShouldBeEmpty();
    }

    [Fact]
    public void A_label_that_comes_before_the_mirrored_answer_waits_for_it()
    {
        var exchange = Exchange(mirrored: true);
        _recorder.Answered(exchange, TrafficArm.Baseline, Answer(100));
        _recorder.Remember("a", exchange);

        _recorder.Label("a", 95).ShouldBeTrue();
        _recorder.Read(1, 0).Labels.ShouldBeEmpty();
        _recorder.Answered(exchange, TrafficArm.Canary, Answer(90));

        _recorder.Read(1, 0).Labels.ShouldBe([new(95, 100, 90)]);
    }

    [Fact]
    public void Predictions_whose_label_does_not_come_are_forgotten_oldest_first()
    {
        for (var request = 0; request < 11; request++)
        {
            _recorder.Remember($"id-{request}", Exchange());
        }

        (_recorder.Label("id-0", 1), _recorder.Label("id-1", 1)).ShouldBe((false, true));
    }

    [Fact]
    public void What_nobody_fetches_is_forgotten_and_that_is_told()
    {
        for (var request = 0; request < 15; request++)
        {
            _recorder.Answered(Exchange(), TrafficArm.Baseline, Answer(1));
        }

        var batch = _recorder.Read(1, 1);

        (batch.Requests.Count, batch.Lost, batch.Next).ShouldBe((10, 5, 16));
    }

    [Fact]
    public void An_id_that_is_used_twice_has_one_label()
    {
        _recorder.Remember("a", Exchange());
        _recorder.Remember("a", Exchange());

        (_recorder.Label("a", 1), _recorder.Label("a", 1)).ShouldBe((true, false));
    }

    [Fact]
    public void Each_of_several_rows_has_a_label_of_its_own()
    {
        var exchange = Exchange(mirrored: true);
        _recorder.Answered(exchange, TrafficArm.Baseline, Answers(1, 2, 3));
        _recorder.Remember("a", exchange, Answers(1, 2, 3).Rows);

        (_recorder.Label("a-1", 20), _recorder.Label("a-1", 20), _recorder.Label("a-3", 1), _recorder.Label("a", 1))
            .ShouldBe((true, false, false, false));
        _recorder.Answered(exchange, TrafficArm.Canary, Answers(10, 20, 30));
        _recorder.Label("a-2", 33).ShouldBeTrue();

        _recorder.Read(1, 0).Labels.ShouldBe([new(20, 2, 20), new(33, 3, 30)]);
        _recorder.Read(1, 0).Requests.ShouldHaveSingleItem().Baseline!.Prediction.ShouldBeNull();
    }

    [Fact]
    public void Rows_that_one_arm_answers_and_the_other_does_not_have_that_arms_prediction_alone()
    {
        var exchange = Exchange(mirrored: true);
        _recorder.Remember("a", exchange, 2);
        _recorder.Answered(exchange, TrafficArm.Baseline, Answers(1, 2));
        _recorder.Answered(exchange, TrafficArm.Canary, new(500, Array.Empty<byte>(), TimeSpan.FromMilliseconds(1)));
        _recorder.Label("a-0", 7);

        _recorder.Read(1, 0).Labels.ShouldBe([new(7, 1, null)]);
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData(""" [ {"prediction":1,"version":1,"id":"a"} ] """, 1)]
    [InlineData("""{"prediction":1,"version":1,"id":"a"}""", null)]
    public void A_list_says_how_many_rows_it_has(string body, int? rows) =>
        new UpstreamAnswer(200, Encoding.UTF8.GetBytes(body), TimeSpan.Zero).Rows.ShouldBe(rows);

    private static UpstreamAnswer Answers(params double[] predictions) => new(
        200,
        Encoding.UTF8.GetBytes(
            $"[{string.Join(',', predictions.Select(prediction => $$"""{"prediction":{{prediction}},"version":1,"id":"a"}"""))}]"),
        TimeSpan.FromMilliseconds(1));

    private static Exchange Exchange(bool mirrored = false) =>
        new(GatewayWorld.Trial(1, 2, 50), TrafficArm.Baseline, mirrored, 0, null, []);

    private static UpstreamAnswer Answer(double prediction) =>
        new(200, Encoding.UTF8.GetBytes($$"""{"prediction":{{prediction}},"version":1,"id":"a"}"""), TimeSpan.FromMilliseconds(1));
}
