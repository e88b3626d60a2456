using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Tuning.Tests;

public sealed class TuningReportTests
{
    private static readonly TuningResult Result = new(
        SearchMethod.Tpe, 1, "RMSE", Direction.LowerIsBetter, 3,
        [
            new NumberRange("rate", "0.2", 0.01, 0.5, false, true), new NumberRange("leaves", "20", 4, 64, true, false),
            new ChoiceRange("family", "trees", ["trees", "<linear>"]),
        ],
        [
            Trial(1, "0.2", "20", 11, 13), Trial(2, "0.01", "64", 30, 32), Trial(3, "0.1", "40", 9, 10),
            new(4, new Dictionary<string, string> { ["rate"] = "0.5" }, 1, [], "Too few <rows>"),
            Trial(5, "0.05", "50", 5, 5) with { Share = 1.0 / 3 },
        ],
        3, new(Rmse(12.1), Rmse(9.6), new(-3.5, -1.25, 0.95)));

    [Fact]
    public void The_best_is_told_beside_the_declared_values_with_what_it_is_worth() => Report().Answer.ShouldBe(
        "The best of 5 trials is trial 3: RMSE 9.600 against 12.1 with the declared values, a difference of −2.500 [−3.500, −1.250] on the rows that it was chosen on. Whether it is better, TestModel says on the hold-out.");

    [Fact]
    public void Declared_values_that_nothing_beats_are_told() =>
        new TuningReport("Demand", Result with { Best = 1, Proof = null }, false).Answer
            .ShouldBe("The declared values are the best of 5 trials: RMSE 12.0 in validation.");

    [Fact]
    public void An_interval_that_cannot_be_told_is_not_made_up() =>
        new TuningReport("Demand", Result with { Proof = Result.Proof! with { Difference = null } }, false).Answer
            .ShouldContain("−2.500, whose interval cannot be told on the rows");

    [Fact]
    public void Its_values_can_be_given_to_set() => Report().Settings.ShouldBe("leaves=40 rate=0.1");

    [Fact]
    public void Trials_on_all_rows_stand_in_order_of_their_worth()
    {
        Report().Best.Headers.ShouldBe(["trial", "RMSE", "leaves", "rate", "by fold"]);
        Report().Best.Rows.Select(row => row[0]).ShouldBe(["3", "1, declared", "2"]);
        Report().Best.Rows[0].ShouldBe(["3", "9.500", "40", "0.1", "9.000, 10.0"]);
    }

    [Fact]
    public void Beyond_ten_the_declared_values_are_shown_all_the_same()
    {
        var many = Result with
        {
            Trials = [Trial(1, "0.2", "20", 99, 99), .. Enumerable.Range(2, 20).Select(n => Trial(n, "0.1", $"{n}", n, n))],
        };

        var rows = new TuningReport("Demand", many with { Best = 2 }, false).Best.Rows;

        rows.Count.ShouldBe(11);
        rows[^1][0].ShouldBe("1, declared");
    }

    [Fact]
    public void The_best_so_far_only_gets_better() =>
        Report().Course.Series[0].Points.Select(point => (point.X, point.Y)).ShouldBe([(1, 12), (2, 12), (3, 9.5)]);

    [Fact]
    public async Task The_page_has_dots_for_trials_and_no_markup_of_others()
    {
        using var folder = new TemporaryFolder();
        await Report().WriteAsync(folder.Path, CancellationToken.None);
        var page = await File.ReadAllTextAsync(folder["tuning.html"]);

        page.ShouldContain("RMSE over rate");
        page.ShouldContain("RMSE over leaves");
        page.ShouldContain("Too few &lt;rows&gt;");
        page.ShouldContain("trees, &lt;linear&gt;");
        page.ShouldContain("The data is simulated.");
        page.Split("<circle").Length.ShouldBeGreaterThanOrEqualTo(9);
        CanonicalJson.Deserialize<TuningResult>(await File.ReadAllBytesAsync(folder["tuning.json"])).BestTrial.Number.ShouldBe(3);
    }

    private static TuningReport Report() => new("Demand", Result, true);

    private static TuningTrial Trial(int number, string rate, string leaves, params double[] byFold) =>
        new(number, new SortedDictionary<string, string> { ["rate"] = rate, ["leaves"] = leaves }, 1, byFold);

    private static MetricValue Rmse(double value) => new("RMSE", value, Direction.LowerIsBetter, 720);
}
