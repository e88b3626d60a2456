using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class WatchedMeansTests
{
    private static readonly DateTime Start = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1.0, 4.0, Verdict.Passed)]
    [InlineData(null, 4.0, Verdict.Passed)]
    [InlineData(2.5, null, Verdict.Failed)]
    [InlineData(null, 1.5, Verdict.Failed)]
    public void Each_day_counts_by_its_mean(double? atLeast, double? atMost, Verdict expected) =>
        new WatchedMeans(new("price", atLeast, atMost)).Judge(Rows([1, 3], [2, 4])).Verdict.ShouldBe(expected);

    [Fact]
    public void The_first_day_outside_is_told_with_its_mean()
    {
        var aspect = new WatchedMeans(new("price", null, 2.5)).Judge(Rows([1, 3], [2, 4], [9, 9]));

        aspect.Since.ShouldBe(DateOnly.FromDateTime(Start.AddDays(1)));
        aspect.Evidence.ShouldBe("2 of 3 days outside, the first with a mean of 3; at most 2.5 is wanted");
    }

    [Fact]
    public void Missing_values_are_no_values()
    {
        new WatchedMeans(new("price", 1, 2)).Judge(Rows([1, double.NaN, 3])).Verdict.ShouldBe(Verdict.Passed);
        new WatchedMeans(new("price", 1, 2)).Judge(Rows([double.NaN])).Verdict.ShouldBe(Verdict.Inconclusive);
        new WatchedMeans(new("other", 1, 2)).Judge(Rows([1])).Evidence.ShouldBe("no request brings it");
    }

    private static ServedRows Rows(params double[][] days)
    {
        double[] prices = [.. days.SelectMany(day => day)];
        return new(
            1, [.. days.Index().SelectMany(day => day.Item.Select((_, row) => Start.AddDays(day.Index).AddHours(row)))],
            [.. prices.Select(price => new Scoring.Prediction(price))], [.. prices.Select(_ => double.NaN)],
            new Dictionary<string, double[]> { ["price"] = prices });
    }
}
