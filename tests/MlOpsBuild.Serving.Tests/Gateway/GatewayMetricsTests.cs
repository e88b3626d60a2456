using MlOpsBuild.Serving.Metrics.Tests;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayMetricsTests : IDisposable
{
    private readonly GatewayWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Metrics_keep_the_format_and_count_every_request()
    {
        await _world.OpenAsync(
            GatewayWorld.Trial(await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Answer(500, "{}")), 25));
        for (var i = 0; i < 40; i++)
        {
            await _world.PostTextAsync("predict", "{}");
        }

        using var answer = await _world.GetAsync("metrics");

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var metrics = PrometheusText.Parse(await answer.Content.ReadAsStringAsync());
        metrics.Families.ShouldBe(
        [
            "mlops_requests_total", "mlops_request_duration_seconds", "mlops_canary_weight", "mlops_predictions_not_logged",
            "mlops_restarts"
        ]);
        metrics.Samples.Where(sample => sample.Name == "mlops_requests_total").Sum(sample => sample.Value).ShouldBe(40);
        metrics.Samples.Where(sample => sample.Name == "mlops_request_duration_seconds_count").Sum(sample => sample.Value).ShouldBe(40);
        metrics.Samples.Single(sample => sample.Name == "mlops_canary_weight").Value.ShouldBe(25);
        metrics.Samples.Where(sample => sample.Labels.GetValueOrDefault("arm") == "canary" && sample.Name == "mlops_requests_total")
            .ShouldAllBe(sample => sample.Labels["code"] == "500"
                && sample.Labels["version"] == "2"
                && sample.Labels["pipeline"] == "Tiny");
    }
}
