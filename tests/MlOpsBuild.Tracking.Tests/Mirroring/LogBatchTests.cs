using System.Text;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

/// <summary>MLflow's limits of a batch, as it documents them: 1 MB, 1000 items, 1000 metrics, 100 parameters, 100 tags.</summary>
public sealed class LogBatchTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_500_000_000_123);

    [Fact]
    public void Nothing_is_no_request() => LogBatch.Of("r", [], [], [], At).ShouldBeEmpty();

    [Fact]
    public void A_small_run_is_one_request()
    {
        var batch = LogBatch.Of("r", [new("l2", "1")], [new("mlops.verdict", "Passed")], [new("RMSE", 2.5)], At).ShouldHaveSingleItem();

        batch.ToJsonString().ShouldBe(
            """{"run_id":"r","params":[{"key":"l2","value":"1"}],"tags":[{"key":"mlops.verdict","value":"Passed"}],"metrics":[{"key":"RMSE","value":2.5,"timestamp":1500000000123,"step":0}]}""");
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    public void Parameters_go_by_the_hundred(int count, int requests) =>
        LogBatch.Of("r", Many(count, "v"), [], [], At).Count().ShouldBe(requests);

    [Fact]
    public void A_thousand_items_of_all_kinds_are_one_request_and_one_more_are_two()
    {
        LogBatch.Of("r", Many(100, "v"), Many(100, "v"), Numbers(800), At).Count().ShouldBe(1);
        LogBatch.Of("r", Many(100, "v"), Many(100, "v"), Numbers(801), At).Count().ShouldBe(2);
    }

    [Fact]
    public void A_request_stays_under_a_megabyte_and_nothing_is_lost()
    {
        // 100 × 6000 characters of three bytes each are 1.8 MB.
        var text = new string('中', 6000);
        var batches = LogBatch.Of("r", Many(100, text), Many(100, "t"), Numbers(2500), At).ToList();

        batches.ShouldAllBe(batch => Encoding.UTF8.GetByteCount(batch.ToJsonString()) <= 1_000_000);
        Count("params").ShouldBe(100);
        Count("tags").ShouldBe(100);
        Count("metrics").ShouldBe(2500);

        int Count(string list) => batches.Sum(batch => (batch[list] as JsonArray)?.Count ?? 0);
    }

    private static IEnumerable<KeyValuePair<string, string>> Many(int count, string value) =>
        Enumerable.Range(0, count).Select(number => new KeyValuePair<string, string>($"k{number}", value));

    private static IEnumerable<KeyValuePair<string, double>> Numbers(int count) =>
        Enumerable.Range(0, count).Select(number => new KeyValuePair<string, double>($"m{number}", number));
}
