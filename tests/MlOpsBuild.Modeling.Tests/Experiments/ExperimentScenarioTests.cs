using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments.Tests;

/// <summary>Tests of a judge on simulated users are worth what the simulation is worth.</summary>
public sealed class ExperimentScenarioTests
{
    private const int Users = 40_000;

    /// <summary>
    /// By hand: of revenue 0.3 · e^(1/8) with a second moment of 0.3 · 2 · e^(1/2); of conversions 0.2 and 0.16; of normal values 10 and 1.
    /// </summary>
    [Theory]
    [InlineData(0, 0.339944, 0.873671)]
    [InlineData(1, 0.339944, 0.873671)]
    [InlineData(2, 0.2, 0.16)]
    [InlineData(3, 10, 1)]
    public void Users_have_the_mean_and_the_variance_that_are_known_of_them(int scenario, double mean, double variance)
    {
        var values = Draw(scenario, 0).Select(user => user.Value).ToList();

        values.Average().ShouldBe(mean, 4 * Math.Sqrt(variance / Users));
        Variance(values).ShouldBe(variance, 0.12 * variance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_effect_raises_the_mean_by_its_part_and_changes_nothing_before(int scenario)
    {
        var (plain, better) = (Draw(scenario, 0), Draw(scenario, 0.1));

        // Of the same seed, users are the same.
        better.Select(user => user.Before).ShouldBe(plain.Select(user => user.Before));
        var (mean, deviation) = (plain.Average(user => user.Value), Math.Sqrt(Variance([.. plain.Select(user => user.Value)])));
        better.Average(user => user.Value).ShouldBe(1.1 * mean, 4 * deviation / Math.Sqrt(Users));
    }

    [Fact]
    public void What_is_known_before_has_the_correlation_that_is_said()
    {
        var users = Draw(3, 0);
        var (before, value) = (users.Average(user => user.Before), users.Average(user => user.Value));
        var covariance = users.Average(user => (user.Before - before) * (user.Value - value));
        var spread = Math.Sqrt(Variance([.. users.Select(user => user.Before)]) * Variance([.. users.Select(user => user.Value)]));

        (covariance / spread).ShouldBe(ExperimentScenario.All[3].Correlation!.Value, 0.01);
    }

    private static List<(double Before, double Value)> Draw(int scenario, double effect)
    {
        var random = new SplitMix64(17);
        return [.. Enumerable.Range(0, Users).Select(_ => ExperimentScenario.All[scenario].Draw(random, effect))];
    }

    private static double Variance(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }
}
