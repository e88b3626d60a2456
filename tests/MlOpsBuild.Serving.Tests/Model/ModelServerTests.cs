using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Metrics.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Model.Tests;

public sealed class ModelServerTests
{
    [Theory]
    [InlineData(-50)]
    [InlineData(0.1)]
    [InlineData(21.37)]
    public async Task A_row_is_answered_with_the_models_prediction_to_the_bit(double temperature)
    {
        using var tiny = await StartAsync();

        var (status, body, headers) = await tiny.AskAsync("POST", "/predict", $$"""{"temperature": {{temperature:R}}}""", id: "mine");

        status.ShouldBe(200);
        headers[ServerHeaders.Version].ToString().ShouldBe("3");
        JsonSerializer.Deserialize<PredictionAnswer>(body, JsonAnswer.OneLine)
            .ShouldBe(new(3, "mine") { Prediction = TinyServer.Model.Predict([temperature]).Value });
    }

    [Theory]
    [InlineData("", "Not JSON")]
    [InlineData("{\"temperature\":", "Not JSON")]
    [InlineData("[]", "No rows")]
    [InlineData("[1]", "Not an object")]
    [InlineData("[{}]", "Missing feature")]
    [InlineData("{}", "Missing feature")]
    [InlineData("""{"temperature": "warm"}""", "Wrong type")]
    [InlineData("""{"temperature": 61}""", "Out of range")]
    [InlineData("""{"temperature": null}""", "Wrong type")]
    [InlineData("""{"temperature": 1, "temprature": 1}""", "Unknown feature")]
    [InlineData("""{"temperature": 1, "temperature": 2}""", "Feature sent twice")]
    public async Task Wrong_input_is_refused_with_what_is_wrong(string body, string what)
    {
        using var tiny = await StartAsync();

        var (status, answer, headers) = await tiny.AskAsync("POST", "/predict", body);

        status.ShouldBe(400);
        headers[ServerHeaders.Version].ToString().ShouldBe("3");
        JsonSerializer.Deserialize<ProblemAnswer>(answer, JsonAnswer.OneLine)!.Findings.Select(finding => finding.What).ShouldContain(what);
    }

    [Fact]
    public async Task All_problems_of_a_row_are_told_at_once()
    {
        using var tiny = await StartAsync();

        var (_, answer, _) = await tiny.AskAsync("POST", "/predict", """{"humidity": 3, "rain": 4}""");

        JsonSerializer.Deserialize<ProblemAnswer>(answer, JsonAnswer.OneLine)!.Findings.Select(finding => finding.What)
            .ShouldBe(["Unknown feature", "Unknown feature", "Missing feature"]);
    }

    /// <summary>A request carries the contract and not the model: what another version needs is no fault.</summary>
    [Theory]
    [InlineData("""{"temperature": 1, "wind": 3}""")]
    [InlineData("""{"temperature": 1, "wind": "whatever, since it is not read"}""")]
    public async Task A_column_of_the_contract_that_the_model_does_not_need_is_accepted(string body)
    {
        using var tiny = await StartAsync();

        (await tiny.AskAsync("POST", "/predict", body)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_answer_has_at_most_twenty_findings_and_the_number_of_the_others()
    {
        using var tiny = await StartAsync();

        var (_, answer, _) = await tiny.AskAsync(
            "POST", "/predict", $"{{{string.Join(',', Enumerable.Range(0, 1000).Select(number => $"\"f{number}\": 1"))}}}");

        var findings = JsonSerializer.Deserialize<ProblemAnswer>(answer, JsonAnswer.OneLine)!.Findings;
        (findings.Count, findings[^1].What).ShouldBe((21, "981 further problems"));
        answer.Length.ShouldBeLessThan(8000);
    }

    [Theory]
    [InlineData("ünsichtbar")]
    [InlineData("two words")]
    [InlineData("bell\a")]
    public async Task A_request_id_that_cannot_stand_in_a_header_is_the_callers_fault(string id)
    {
        using var tiny = await StartAsync();

        (await tiny.AskAsync("POST", "/predict", """{"temperature": 1}""", id)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_prediction_that_is_no_finite_number_is_an_error_of_the_model()
    {
        using var tiny = await StartAsync(new(PredictionFactor: double.PositiveInfinity));

        (await tiny.AskAsync("POST", "/predict", """{"temperature": 1}""")).Status.ShouldBe(500);
    }

    [Fact]
    public async Task A_file_that_is_not_the_deployed_model_is_not_served()
    {
        using var tiny = new TinyServer(digest: Digest.Of("another model"));

        var failure = await Should.ThrowAsync<StageFailedException>(tiny.Server.StartAsync(CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Expected.ShouldBe(Digest.Of("another model").ToString());
    }

    [Fact]
    public async Task Health_metrics_and_unknown_addresses_are_answered()
    {
        using var tiny = await StartAsync();
        await tiny.AskAsync("POST", "/predict", """{"temperature": 1}""");
        await tiny.AskAsync("POST", "/predict", "{}");

        (await tiny.AskAsync("GET", "/v2/health/live")).Status.ShouldBe(200);
        (await tiny.AskAsync("GET", "/v2/health/ready")).Status.ShouldBe(200);
        (await tiny.AskAsync("GET", "/predict")).Status.ShouldBe(404);
        PrometheusText.Parse((await tiny.AskAsync("GET", "/metrics")).Body).Samples.Where(sample => sample.Name == "mlops_requests_total")
            .Select(sample => (sample.Labels["arm"], sample.Labels["code"], sample.Value))
            .ShouldBe([("server", "200", 1), ("server", "400", 1)]);
    }

    [Fact]
    public async Task A_rehearsed_share_of_errors_fails_that_share_of_good_requests()
    {
        using var tiny = await StartAsync(new(Errors: 0.3));
        var failed = 0;
        for (var i = 0; i < 1000; i++)
        {
            failed += (await tiny.AskAsync("POST", "/predict", """{"temperature": 1}""")).Status == 500 ? 1 : 0;
        }

        ((double)failed).ShouldBe(300, 58);
        (await tiny.AskAsync("POST", "/predict", "{}")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_rehearsed_factor_changes_predictions()
    {
        using var tiny = await StartAsync(new(PredictionFactor: 1.3));

        var (_, body, _) = await tiny.AskAsync("POST", "/predict", """{"temperature": 1}""");

        JsonSerializer.Deserialize<PredictionAnswer>(body, JsonAnswer.OneLine)!
            .Prediction.ShouldBe(TinyServer.Model.Predict([1]).Value * 1.3);
    }

    [Fact]
    public async Task A_rehearsed_latency_is_waited_for()
    {
        var time = new ManualTime();
        var started = time.GetUtcNow();
        using var tiny = await StartAsync(new(LatencyMilliseconds: 300), time);

        (await tiny.AskAsync("POST", "/predict", """{"temperature": 1}""")).Status.ShouldBe(200);

        (time.GetUtcNow() - started).ShouldBe(TimeSpan.FromMilliseconds(300));
    }

    private static async Task<TinyServer> StartAsync(FaultOptions? fault = null, TimeProvider? time = null)
    {
        var tiny = new TinyServer(fault, time: time);
        await tiny.Server.StartAsync(CancellationToken.None);
        return tiny;
    }
}
