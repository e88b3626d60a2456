using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tuning;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class TuneChoicesTests
{
    [Fact]
    public void Thirty_trials_by_the_estimator_on_three_folds_are_usual() =>
        TuneChoices.Read(null, null, null, null).ShouldBe(new(30, null, SearchMethod.Tpe, 3));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("2h", 7200)]
    [InlineData("1s", 1)]
    public void With_a_budget_alone_only_time_ends_it(string budget, int seconds)
    {
        var choices = TuneChoices.Read(null, budget, null, null);

        choices.Budget.ShouldBe(TimeSpan.FromSeconds(seconds));
        choices.Trials.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void With_both_whatever_comes_first_ends_it() =>
        TuneChoices.Read(12, "5m", null, null).ShouldBe(new(12, TimeSpan.FromMinutes(5), SearchMethod.Tpe, 3));

    [Theory]
    [InlineData("tpe", SearchMethod.Tpe)]
    [InlineData("Random", SearchMethod.Random)]
    [InlineData("HALVING", SearchMethod.Halving)]
    public void Methods_are_named_in_any_case(string name, SearchMethod method) =>
        TuneChoices.Read(null, null, name, null).Search.ShouldBe(method);

    [Theory]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("1d")]
    [InlineData("99999999999s")]
    public void A_budget_that_is_no_time_is_refused(string budget)
    {
        var finding = Should.Throw<UsageException>(() => TuneChoices.Read(null, budget, null, null)).Findings.Single();

        (finding.Where, finding.Value, finding.Expected).ShouldBe(("--budget", budget, "a time such as 90s, 10m or 2h"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(100_001)]
    public void One_trial_is_no_search(int trials) =>
        Should.Throw<UsageException>(() => TuneChoices.Read(trials, null, null, null)).Findings.Single().Where.ShouldBe("--trials");

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("grid")]
    [InlineData("tpe,random")]
    public void A_method_that_is_none_is_refused(string name) =>
        Should.Throw<UsageException>(() => TuneChoices.Read(null, null, name, null)).Findings.Single().Where.ShouldBe("--search");

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    public void So_many_folds_are_refused(int folds) =>
        Should.Throw<UsageException>(() => TuneChoices.Read(null, null, null, folds)).Findings.Single().Where.ShouldBe("--folds");
}
