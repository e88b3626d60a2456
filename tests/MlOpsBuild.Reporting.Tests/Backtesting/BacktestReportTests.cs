using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Backtesting;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Backtesting.Tests;

public sealed class BacktestReportTests
{
    private static readonly BacktestResult Result = new(
    "linear l2=1", 30, [new(new(2024, 1, 1), new(2024, 1, 30), 720), new(new(2024, 1, 31), new(2024, 2, 29), 719)],
    [
        new("all", [1000, 2000], [Rmse(10), Rmse(12)], [Rmse(11), new("MAE", 8, Direction.LowerIsBetter, 1439)], null),
        new("last:90", [500, 500], [Rmse(9), Rmse(8)], [Rmse(8.5), new("MAE", 7, Direction.LowerIsBetter, 1439)], new(-3, -1, 0.95)),
        new(
            "weighted:30", [1000, 2000], [Rmse(10), Rmse(13)], [Rmse(11.5), new("MAE", 8, Direction.LowerIsBetter, 1439)],
            new(-1, 2, 0.95)),
    ]);

    [Fact]
    public void A_window_better_beyond_chance_is_named_with_its_difference() =>
        Report().Answer.ShouldBe(
            "last:90 is better than all beyond chance: RMSE 8.500 against 11.0, a difference of −2.500 [−3.000, −1.000], over 2 cuts.");

    [Fact]
    public void A_difference_that_may_be_chance_recommends_nothing() =>
        new BacktestReport("Demand", Result with { Windows = [Result.Windows[0], Result.Windows[2]] }, false)
            .Answer.ShouldBe("No window is better than all beyond chance: RMSE 11.0 over 2 cuts.");

    [Fact]
    public void What_is_compared_comes_before_the_other_metrics()
    {
        Report().Windows.Headers.ShouldBe(["window", "trained on, rows", "RMSE", "difference from all [95 %]", "MAE"]);
        Report().Windows.Rows[1].ShouldBe(["last:90", "500", "8.500", "−2.500 [−3.000, −1.000]", "7.000"]);
        Report().Cuts.Rows[0].ShouldBe(["2024-01-01 to 2024-01-30", "720", "10.0", "9.000", "10.0"]);
    }

    [Fact]
    public async Task The_page_has_a_line_for_each_window_and_lies_beside_its_figures()
    {
        using var folder = new TemporaryFolder();
        await Report().WriteAsync(folder.Path, CancellationToken.None);
        var page = await File.ReadAllTextAsync(folder["backtest.html"]);

        page.ShouldContain("RMSE of the 30 days after each cut");
        page.ShouldContain("The data is simulated.");
        page.Split("<polyline").Length.ShouldBeGreaterThanOrEqualTo(4);
        CanonicalJson.Deserialize<BacktestResult>(await File.ReadAllBytesAsync(folder["backtest.json"])).Best.ShouldBe("last:90");
    }

    private static BacktestReport Report() => new("Demand", Result, true);

    private static MetricValue Rmse(double value) => new("RMSE", value, Direction.LowerIsBetter, 720);
}
