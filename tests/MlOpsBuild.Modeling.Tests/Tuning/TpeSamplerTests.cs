using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning.Tests;

public sealed class TpeSamplerTests
{
    private static readonly NumberRange X = new("x", "5", 0, 10, IsWhole: false, ByFactor: false);
    private static readonly NumberRange Rate = new("rate", "1", 0.001, 1000, IsWhole: false, ByFactor: true);
    private static readonly ChoiceRange Family = new("family", "a", ["a", "b", "c"]);

    /// <summary>
    /// A bowl with its floor at (7, 0.1, b): after forty tries the best of the sampler lies lower than the best by chance.
    /// </summary>
    [Fact]
    public void It_finds_lower_ground_than_chance_in_the_median_of_twenty_seeds()
    {
        var tpe = Enumerable.Range(0, 20).Select(seed => Best(new TpeSampler(), (ulong)seed)).Order().ToList();
        var chance = Enumerable.Range(0, 20).Select(seed => Best(new RandomSampler(), (ulong)seed)).Order().ToList();

        tpe[10].ShouldBeLessThan(chance[10] / 2);
    }

    [Fact]
    public void Until_ten_trials_are_known_it_draws_as_chance_does()
    {
        var known = Enumerable.Range(1, TpeSampler.StartUp - 1).Select(number => Trial(number, "9", "1", "c", number)).ToList();

        new TpeSampler().Draw(X, known, new SplitMix64(5)).ShouldBe(new RandomSampler().Draw(X, known, new SplitMix64(5)));
    }

    [Fact]
    public void A_value_that_the_best_trials_have_is_proposed_most()
    {
        var known = Enumerable.Range(0, 40)
            .Select(number => Trial(number + 1, "5", "1", number < 8 ? "b" : number % 2 == 0 ? "a" : "c", number))
            .ToList();
        var random = new SplitMix64(6);

        Enumerable.Range(0, 50).Count(_ => new TpeSampler().Draw(Family, known, random) == "b").ShouldBeGreaterThan(40);
    }

    [Fact]
    public void A_parameter_that_no_trial_has_asked_for_is_drawn_from_its_whole_range()
    {
        var known = Enumerable.Range(0, 20).Select(number => Trial(number + 1, "5", "1", "a", number)).ToList();
        var (random, fresh) = (new SplitMix64(8), X with { Name = "fresh" });

        var drawn = Enumerable.Range(0, 200)
            .Select(_ => double.Parse(new TpeSampler().Draw(fresh, known, random), CultureInfo.InvariantCulture))
            .ToList();

        drawn.Min().ShouldBeLessThan(2);
        drawn.Max().ShouldBeGreaterThan(8);
    }

    private static double Best(Sampler sampler, ulong seed)
    {
        var (random, known) = (new SplitMix64(seed), new List<TuningTrial>());
        for (var number = 1; number <= 40; number++)
        {
            var ranked = known.OrderBy(trial => trial.Value).ToList();
            var (x, rate, family) = (
                sampler.Draw(X, ranked, random), sampler.Draw(Rate, ranked, random), sampler.Draw(Family, ranked, random));
            var height = Math.Pow(Number(x) - 7, 2) + Math.Pow(Math.Log10(Number(rate)) + 1, 2) + (family == "b" ? 0 : 3);
            known.Add(Trial(number, x, rate, family, height));
        }

        return known.Min(trial => trial.Value!.Value);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static TuningTrial Trial(int number, string x, string rate, string family, double value) => new(
        number, new Dictionary<string, string> { ["x"] = x, ["rate"] = rate, ["family"] = family }, 1, [value]);
}
