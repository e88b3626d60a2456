using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Differences;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Drift.Tests;

/// <summary>Published values of distances and tests between two samples.</summary>
public sealed class DistanceAnchorTests
{
    private static readonly double[] Heights = [38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0];
    private static readonly double[] Others = [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8];

    [Fact]
    public void Kolmogorov_and_Smirnov()
    {
        var distance = TwoSampleDistances.KolmogorovSmirnov(Heights, Others);

        distance.ShouldBe(0.625);
        TwoSampleDistances.KolmogorovSmirnov([1, 1, 2], [1, 2, 2]).ShouldBe(1.0 / 3, 1e-15);
    }

    [Fact]
    public void Wasserstein()
    {
        TwoSampleDistances.Wasserstein([0, 1, 3], [5, 6, 8]).ShouldBe(5, 1e-12);
        TwoSampleDistances
            .Wasserstein(Enumerable.Range(0, 100).Select(value => (double)value), Enumerable.Range(50, 100).Select(value => (double)value))
            .ShouldBe(50, 1e-12);
    }

    [Fact]
    public void Jensen_and_Shannon()
    {
        TwoSampleDistances.JensenShannon([1, 0], [0.5, 0.5]).ShouldBe(0.46450140402245893, 1e-12);
        TwoSampleDistances.JensenShannon([1, 0], [0, 1]).ShouldBe(0.8325546111576977, 1e-12);
    }

    [Fact]
    public void L_infinity()
    {
        TwoSampleDistances.LInfinity([0.1, 0.9], [0.3, 0.7]).ShouldBe(0.2, 1e-12);
        TwoSampleDistances.LInfinity([0.9, 0.1, 0], [0, 0.7, 0.3]).ShouldBe(0.9, 1e-12);
        TwoSampleDistances.LInfinity([10, 20, 25, 10, 5], [11, 20, 25, 10, 10]).ShouldBe(0.06015037593984962, 1e-12);
    }

    [Fact]
    public void Goodness_of_fit_takes_the_reference_for_the_truth()
    {
        TwoSampleDistances.GoodnessOfFitProbability([16, 16, 16, 16, 16, 8], [16, 18, 16, 14, 12, 12]).ShouldBe(0.6233876278, 1e-9);
        TwoSampleDistances.GoodnessOfFitProbability([1, 1, 1, 1, 1, 1], [16, 18, 16, 14, 12, 12]).ShouldBe(0.8491450361, 1e-9);
        TwoSampleDistances.GoodnessOfFitProbability([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]).ShouldBe(0.67309, 1e-5);
    }

    [Fact]
    public void Ours_is_the_test_of_homogeneity_where_rows_are_independent() =>
        ShareTest.Of([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8], 1, 1, null, 0, ordered: false)
            .Probability.ShouldBe(0.8985262394, 1e-9);

    [Theory]
    [InlineData(200, 200, 0.1692)]
    [InlineData(500, 500, 0.0677)]
    [InlineData(1000, 1000, 0.03384)]
    [InlineData(5000, 200, 0.0880)]
    [InlineData(17379, 744, 0.0237)]
    public void An_index_that_chance_exceeds_in_one_of_twenty_follows_from_the_sizes(int n, int m, double index) =>
        ShareTest
            .Of(
                [.. Enumerable.Repeat(n / 10L, 10)], [.. Enumerable.Repeat(m / 10L, 10)], n / 10 * 10 / (double)n, m / 10 * 10 / (double)m,
                null, 0, ordered: true)
            .ByChance.ShouldBe(index, 0.005 * index);

    [RealDataFact]
    public void The_real_file_2011_against_2012()
    {
        double[] Of(string column, int year) => [.. Enumerable.Range(0, RealHours.Table.Rows)
            .Where(row => RealHours.Table.Times[row].Year == year)
            .Select(row => RealHours.Table.Columns[column][row])];
        foreach (var (column, distance, probability, moved) in new[]
        {
            ("temp", 0.0546231708, 1.032256e-11, 0.0159547982), ("atemp", 0.0462059351, 1.669513e-08, double.NaN),
            ("hum", 0.0650788029, 1.909753e-16, 0.0336292275),
            ("windspeed", 0.0192410797, 0.07868468, 0.0036628057), ("cnt", 0.2164736099, 9.42387e-179, 90.8719136889),
        })
        {
            var (before, now) = (Of(column, 2011), Of(column, 2012));
            var found = TwoSampleDistances.KolmogorovSmirnov(before, now);
            found.ShouldBe(distance, 1e-9);
            Math.Log10(TwoSampleDistances.KolmogorovSmirnovProbability(found, before.Length, now.Length)).ShouldBe(
                Math.Log10(probability), 0.01 * Math.Abs(Math.Log10(probability)),
                "by the limit, where the published one is by the exact law");
            if (!double.IsNaN(moved))
            {
                TwoSampleDistances.Wasserstein(before, now).ShouldBe(moved, 1e-7);
            }
        }

        double[] then = [5645, 2218, 781, 1];
        double[] later = [5768, 2326, 638, 2];
        TwoSampleDistances.GoodnessOfFitProbability(then, later).ShouldBe(2.123637e-07, 1e-12);
        TwoSampleDistances.JensenShannon(then, later).ShouldBe(0.0228890138, 1e-9);
        TwoSampleDistances.LInfinity(then, later).ShouldBe(0.0172933788, 1e-9);
        PopulationStability.Index([.. then.Select(count => count / 8645)], [.. later.Select(count => count / 8734)])
            .ShouldBe(0.0041996433, 1e-6);
    }

    [Fact]
    public void False_discoveries_are_held_down() =>
        FalseDiscovery.Adjust([0.01, 0.04, 0.03, 0.005, 0.5]).ShouldBe([0.025, 0.05, 0.05, 0.025, 0.5], 1e-12);
}
