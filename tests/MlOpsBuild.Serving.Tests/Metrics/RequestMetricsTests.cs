namespace MlOpsBuild.Serving.Metrics.Tests;

public sealed class RequestMetricsTests : IDisposable
{
    private readonly RequestMetrics _metrics = new("Tiny");

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void Before_the_first_request_the_format_is_kept_already() =>
        PrometheusText.Parse(_metrics.Write()).Families.ShouldBe(["mlops_requests_total", "mlops_request_duration_seconds"]);

    [Fact]
    public void Requests_are_counted_by_version_arm_and_code()
    {
        _metrics.Count(1, "baseline", 200, TimeSpan.FromMilliseconds(1));
        _metrics.Count(1, "baseline", 200, TimeSpan.FromMilliseconds(1));
        _metrics.Count(1, "baseline", 500, TimeSpan.FromMilliseconds(1));
        _metrics.Count(2, "canary", 200, TimeSpan.FromMilliseconds(1));

        PrometheusText.Parse(_metrics.Write()).Samples.Where(sample => sample.Name == "mlops_requests_total")
            .Select(sample => (sample.Labels["version"], sample.Labels["arm"], sample.Labels["code"], sample.Value))
            .ShouldBe([("1", "baseline", "200", 2), ("1", "baseline", "500", 1), ("2", "canary", "200", 1)]);
    }

    [Fact]
    public void Durations_fall_into_cumulative_buckets()
    {
        _metrics.Count(1, "server", 200, TimeSpan.FromMilliseconds(0.4));
        _metrics.Count(1, "server", 200, TimeSpan.FromMilliseconds(0.6));
        _metrics.Count(1, "server", 200, TimeSpan.FromSeconds(60));

        var samples = PrometheusText.Parse(_metrics.Write()).Samples;
        var buckets = samples.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal))
            .ToDictionary(sample => sample.Labels["le"], sample => sample.Value);
        (buckets["0.0005"], buckets["0.00075"], buckets["+Inf"]).ShouldBe((1, 2, 3));
        buckets.Count(bucket => bucket.Value == 3).ShouldBe(1);
        samples.Single(sample => sample.Name == "mlops_request_duration_seconds_sum").Value.ShouldBe(60.001, 1e-9);
    }

    [Fact]
    public void Predictions_fall_into_buckets_by_version_whatever_their_scale()
    {
        foreach (var value in new[] { -3, 0, 0.7, 213, 5e9 })
        {
            _metrics.Predicted(3, value);
        }

        _metrics.Predicted(4, 1);

        var samples = PrometheusText.Parse(_metrics.Write()).Samples.Where(sample => sample.Labels["version"] == "3").ToList();
        var buckets = samples.Where(sample => sample.Name == "mlops_predictions_bucket")
            .ToDictionary(sample => sample.Labels["le"], sample => sample.Value);
        (buckets["0"], buckets["0.5"], buckets["1"], buckets["200"], buckets["500"], buckets["50000000"], buckets["+Inf"])
            .ShouldBe((2, 2, 3, 3, 4, 4, 5));
        samples.Single(sample => sample.Name == "mlops_predictions_count").Value.ShouldBe(5);
    }

    [Fact]
    public void A_gauge_has_its_help_its_type_and_its_value()
    {
        using var metrics = new RequestMetrics("Tiny", new ServerGauge("mlops.canary.weight", "Share.", () => 12.5));

        var text = metrics.Write();

        PrometheusText.Parse(text);
        text.ShouldEndWith("# HELP mlops_canary_weight Share.\n# TYPE mlops_canary_weight gauge\nmlops_canary_weight{pipeline=\"Tiny\"} 12.5\n");
    }

    [Fact]
    public async Task Counts_from_many_threads_add_up()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                _metrics.Count(1, "server", 200, TimeSpan.FromMilliseconds(i % 10));
            }
        })));

        PrometheusText.Parse(_metrics.Write()).Samples.Single(sample => sample.Name == "mlops_requests_total").Value.ShouldBe(8000);
    }
}
