using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Slices.Tests;

public sealed class SliceFinderTests
{
    private const int Days = 60;
    private const int PerDay = 24;
    private const int Count = Days * PerDay;

    [Fact]
    public void Rows_on_which_the_model_is_worse_are_found_with_what_they_have_in_common()
    {
        var found = Find(1, (hour, weather, _) => hour is >= 6 and < 12 && weather == "rain" ? 4 : 1);

        var worst = found[0];
        worst.Conditions.Select(condition => condition.ToString()).Order(StringComparer.Ordinal)
            .ShouldBe(["6 ≤ hour < 12", "weather = rain"], ignoreOrder: true);
        worst.Effect.ShouldBeGreaterThan(0.3);
        worst.Probability.ShouldBeLessThan(0.05);
        worst.Candidate.ShouldBeGreaterThan(worst.Elsewhere);
        worst.Metric.ShouldBe("RMSE");
    }

    [Fact]
    public void A_value_by_itself_is_told_by_itself()
    {
        var found = Find(2, (_, weather, _) => weather == "rain" ? 3 : 1);

        found[0].Describe().ShouldBe("weather = rain");
        found.Count(slice => slice.Describe().Contains("rain", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(SliceFinder.Most);
    }

    /// <summary>Where all rows are alike nothing is found: of what is reported one in twenty is false at most.</summary>
    [Fact]
    public void Where_there_is_nothing_to_find_nothing_is_found()
    {
        var runs = Enumerable.Range(10, 40).Select(seed => Find((ulong)seed, (_, _, _) => 1).Count).ToList();

        runs.Count(count => count > 0).ShouldBeLessThanOrEqualTo(4);
    }

    /// <summary>Hours of one day share their luck; a test of single rows would find a bad week in any of them.</summary>
    [Fact]
    public void Luck_that_whole_days_share_is_not_taken_for_a_slice()
    {
        var runs = Enumerable.Range(100, 40)
            .Select(seed =>
            {
                var random = new SplitMix64((ulong)seed);
                double[] day = [.. Enumerable.Range(0, Days).Select(_ => Math.Exp(random.NextNormal()))];
                return Find((ulong)seed, (_, _, row) => day[row / PerDay], dailyWeather: true).Count;
            })
            .ToList();

        runs.Count(count => count > 0).ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public void No_slice_is_made_of_personal_data() =>
        Find(3, (_, weather, _) => weather == "rain" ? 4 : 1, hidden: ["weather"])
            .ShouldAllBe(slice => slice.Conditions.All(condition => condition.Column != "weather"));

    [Fact]
    public void Against_the_champion_each_is_better_or_worse_with_an_interval()
    {
        var (rows, candidate) = Made(4, (_, weather, _) => weather == "rain" ? 3 : 1);
        var champion = candidate with { Predictions = [.. candidate.Labels.Select(label => label + 1)] };

        var worst = new SliceFinder(Metrics.Rmse, 1).Find(rows, candidate, champion, [], CancellationToken.None)[0];

        worst.Champion.ShouldBe(1);
        worst.Difference.ShouldNotBeNull().Lower.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_same_rows_give_the_same_slices_and_never_more_than_ten()
    {
        static double Error(int hour, string weather, int row) => hour % 3 == 0 ? 3 : weather == "snow" ? 2.5 : row % 7 == 0 ? 2 : 1;

        CanonicalJson.Serialize(Find(5, Error)).ShouldBe(CanonicalJson.Serialize(Find(5, Error)));
        Find(5, Error).Count.ShouldBeLessThanOrEqualTo(SliceFinder.Most);
    }

    private static IReadOnlyList<FoundSlice> Find(
        ulong seed, Func<int, string, int, double> error, string[]? hidden = null, bool dailyWeather = false)
    {
        var (rows, predictions) = Made(seed, error, dailyWeather);
        return new SliceFinder(Metrics.Rmse, 1).Find(rows, predictions, null, hidden ?? [], CancellationToken.None);
    }

    // Errors are normal with the deviation that a test says; the weather of a row, or of a day, is drawn.
    private static (IReadOnlyList<LabelledRow> Rows, PredictionSet Predictions) Made(
        ulong seed, Func<int, string, int, double> error, bool dailyWeather = false)
    {
        var random = new SplitMix64(seed);
        var (rows, labels, predictions) = (new List<LabelledRow>(), new double[Count], new double[Count]);
        var weather = "sun";
        for (var row = 0; row < Count; row++)
        {
            var hour = row % PerDay;
            weather = dailyWeather && hour > 0 ? weather : ((string[])["sun", "rain", "snow"])[random.NextInt(3)];
            labels[row] = row % 5;
            predictions[row] = labels[row] + (error(hour, weather, row) * random.NextNormal());
            rows.Add(new(
                new JsonObject { ["hour"] = hour, ["weather"] = weather, ["wind"] = random.NextDouble() }, labels[row], predictions[row]));
        }

        return (rows, new(
            "candidate", [.. Enumerable.Range(0, Count).Select(row => row / PerDay)], labels, predictions,
            new Dictionary<string, double[]>()));
    }
}
