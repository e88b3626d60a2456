using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning.Tests;

public sealed class TuningSearchTests
{
    [Theory]
    [InlineData(SearchMethod.Tpe)]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Halving)]
    public void The_first_trial_has_the_declared_values_and_no_two_are_the_same(SearchMethod method)
    {
        var trials = Run(Search(method, 24));

        trials[0].Settings.ShouldBe(new Dictionary<string, string> { ["days"] = "20", ["family"] = "linear", ["l2"] = "1" });
        trials.Select(trial => trial.Number).ShouldBe(Enumerable.Range(1, trials.Count));
        trials.GroupBy(trial => (trial.Share, Key(trial))).ShouldAllBe(same => same.Count() == 1);
    }

    /// <summary>A search that was cut short anywhere goes on as it would have gone: what it proposes follows from what is known.</summary>
    [Theory]
    [InlineData(SearchMethod.Tpe)]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Halving)]
    public void The_same_seed_proposes_the_same_trials_and_another_one_others(SearchMethod method)
    {
        var (whole, again) = (Run(Search(method, 20)), Run(Search(method, 20)));

        again.Select(Key).ShouldBe(whole.Select(Key));
        Run(Search(method, 20, seed: 2)).Skip(1).Select(Key).ShouldNotBe(whole.Skip(1).Select(Key));
    }

    /// <summary>24 on a ninth, the best 8 and the declared ones on a third, the best 3 of 9 and the declared ones on all.</summary>
    [Fact]
    public void Halving_takes_the_best_third_to_three_times_the_rows()
    {
        var trials = Run(
            Search(SearchMethod.Halving, 24),
            trial => trial.Settings["days"] == "20" && trial.Settings.GetValueOrDefault("l2") == "1" ? 1e6 : Number(trial));

        trials.CountBy(trial => trial.Share).Select(rung => rung.Value).ShouldBe([24, 9, 4]);
        foreach (var (few, many) in new[] { (1.0 / 9, 1.0 / 3), (1.0 / 3, 1.0) })
        {
            var best = trials.Where(trial => trial.Share == few).OrderBy(trial => trial.Value).Take(3).Select(Key).ToList();
            best.ShouldBeSubsetOf(trials.Where(trial => trial.Share == many).Select(Key));
        }

        Key(trials[^1]).ShouldBe(Key(trials[0]));
    }

    [Fact]
    public void When_its_time_is_up_it_begins_nothing_and_judges_what_has_begun()
    {
        Search(SearchMethod.Tpe, 24).Next([], begins: false).ShouldBeEmpty();
        var begun = Run(Search(SearchMethod.Halving, 12)).Where(trial => trial.Share < 0.2).Take(8).ToList();

        var next = Search(SearchMethod.Halving, 12).Next(begun, begins: false);

        next.ShouldAllBe(proposal => proposal.Share == 1.0 / 3);
        next.Count.ShouldBeInRange(3, 4);
    }

    /// <summary>Two values of one parameter and nothing else to choose.</summary>
    [Fact]
    public void It_ends_when_everything_was_tried()
    {
        var given = new Dictionary<string, string> { ["family"] = "trees", ["trees"] = "9", ["days"] = "20" };
        var search = new TuningSearch(
            new(new TunedPipeline(), given), SearchMethod.Tpe, Direction.LowerIsBetter, 500, 1);

        Run(search).Select(trial => trial.Settings["leaves"]).Distinct().Count().ShouldBe(13);
    }

    [Fact]
    public void Trials_without_a_value_are_no_best_ones_and_the_search_goes_on()
    {
        var search = Search(SearchMethod.Tpe, 20);

        var trials = Run(search, trial => trial.Number % 2 == 0 ? null : Number(trial));

        trials.Count.ShouldBe(20);
        search.Ranked(trials).ShouldAllBe(trial => trial.Number % 2 == 1);
    }

    [Fact]
    public void Where_more_is_better_the_greatest_is_the_best() =>
        new TuningSearch(new(new TunedPipeline(), new Dictionary<string, string>()), SearchMethod.Random, Direction.HigherIsBetter, 9, 1)
            .Ranked([Tried(1, 0.5), Tried(2, 0.9), Tried(3, 0.7)])
            .Select(trial => trial.Number).ShouldBe([2, 3, 1]);

    private static TuningSearch Search(SearchMethod method, int trials, long seed = 1) =>
        new(new(new TunedPipeline(), new Dictionary<string, string>()), method, Direction.LowerIsBetter, trials, seed);

    private static List<TuningTrial> Run(TuningSearch search, Func<TuningProposal, double?>? value = null)
    {
        var trials = new List<TuningTrial>();
        while (search.Next(trials) is { Count: > 0 } batch)
        {
            trials.AddRange(batch.Select(proposal => (value ?? (trial => Number(trial)))(proposal) is { } found
                ? new TuningTrial(proposal.Number, proposal.Settings, proposal.Share, [found])
                : new TuningTrial(proposal.Number, proposal.Settings, proposal.Share, [], "it broke")));
        }

        return trials;
    }

    // Low where the settings are small numbers; a value of their own, so that ranks are clear.
    private static double Number(TuningProposal trial) => trial.Settings.Values
        .Sum(value => double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : value.Length);

    private static TuningTrial Tried(int number, double value) => new(number, new Dictionary<string, string>(), 1, [value]);

    private static string Key(TuningTrial trial) => string.Join(' ', trial.Settings.Select(pair => $"{pair.Key}={pair.Value}"));
}
