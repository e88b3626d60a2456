using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Delivery.Views.Tests;

public sealed class ViewSkewTests
{
    private const string Same = """{"station":"north","degrees":2,"sky":"clear"}""";
    private const string Other = """{"station":"north","degrees":1,"sky":"clear"}""";
    private const string Nothing = """{"station":"east","degrees":null,"sky":null}""";

    [Fact]
    public async Task The_same_values_pass_once_there_are_enough()
    {
        var few = await JudgeAsync([.. Enumerable.Repeat(Same, 5)]);
        var many = await JudgeAsync([.. Enumerable.Repeat(Same, 2000)]);

        (few.Verdict, many.Verdict).ShouldBe((Verdict.Inconclusive, Verdict.Passed));
        many.Name.ShouldBe("feature view weather, skew");
        many.Evidence.ShouldContain("degrees was another value in 0 of 2,000 rows");
    }

    [Fact]
    public async Task Other_values_fail_and_their_column_is_named_first()
    {
        var aspect = await JudgeAsync([.. Enumerable.Repeat(Same, 100), .. Enumerable.Repeat(Other, 20)]);

        aspect.Verdict.ShouldBe(Verdict.Failed);
        aspect.Evidence.ShouldStartWith("degrees was another value in 20 of 120 rows");
    }

    [Fact]
    public async Task Few_other_ones_are_neither() =>
        (await JudgeAsync([.. Enumerable.Repeat(Same, 500), Other])).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public async Task What_was_missing_then_and_is_missing_now_is_the_same()
    {
        (await JudgeAsync([.. Enumerable.Repeat(Nothing, 2000)])).Verdict.ShouldBe(Verdict.Passed);
        (await JudgeAsync([.. Enumerable.Repeat("""{"degrees":null,"sky":null}""", 2000)])).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_value_that_came_after_the_look_does_not_belong_to_it()
    {
        // At 11:30 the value of 11:00 counts, though by now one is known that was true at 11:15.
        var skew = Of(await WeatherView.RowsAsync(("north", -1, -1, 2), ("north", -0.75, 0, 9)));
        Add(skew, -0.5, Enumerable.Repeat(Same, 2000));

        skew.Judge().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_value_that_nobody_materialized_in_time_is_skew()
    {
        var skew = Of(await WeatherView.RowsAsync(("north", -1, -1, 1), ("north", -0.75, -0.75, 2), ("south", 0, 0, 0)));
        Add(skew, -0.5, Enumerable.Repeat(Other, 50));

        skew.Judge().Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task Moments_later_than_all_that_is_known_are_not_judged()
    {
        var skew = Of(await WeatherView.RowsAsync(("north", -1, -1, 2)));
        Add(skew, -0.5, Enumerable.Repeat(Same, 2000));

        var aspect = skew.Judge();
        aspect.Verdict.ShouldBe(Verdict.Inconclusive);
        aspect.Evidence.ShouldContain("2,000 rows are later than all that its rows know of");
    }

    [Fact]
    public async Task What_a_request_brought_is_its_own_affair()
    {
        var skew = Of(await WeatherView.RowsAsync(("north", -1, -1, 2), ("south", 0, 0, 0)));
        for (var row = 0; row < 2000; row++)
        {
            skew.Add(WeatherView.Line(-0.5, """{"station":"north","degrees":77,"sky":"clear"}""", LookupOutcome.Found, "sky"));
        }

        var aspect = skew.Judge();
        aspect.Verdict.ShouldBe(Verdict.Passed);
        aspect.Evidence.ShouldNotContain("degrees");
    }

    [Fact]
    public async Task Keys_that_are_personal_data_cannot_be_compared_and_it_is_said()
    {
        var skew = new ViewSkew(
            WeatherView.Taken, WeatherView.Contract(personalKey: true), await WeatherView.RowsAsync(("north", 0, 0, 2)), 0.01);
        Add(skew, -0.5, Enumerable.Repeat("""{"degrees":2,"sky":"clear"}""", 2000));

        var aspect = skew.Judge();
        aspect.Verdict.ShouldBe(Verdict.Inconclusive);
        aspect.Evidence.ShouldContain("keys of personal data");
    }

    [Fact]
    public async Task Rows_that_looked_nothing_up_say_nothing()
    {
        var skew = Of(await WeatherView.RowsAsync(("north", 0, 0, 2)));
        skew.Add(WeatherView.Line(-0.5, Same) with { LookedUp = null });

        skew.Judge().Verdict.ShouldBe(Verdict.Inconclusive);
    }

    private static async Task<Monitoring.MonitorAspect> JudgeAsync(IReadOnlyList<string> features)
    {
        var skew = Of(await WeatherView.RowsAsync(("north", -1, -1, 2), ("south", 0, 0, 0)));
        Add(skew, -0.5, features);
        return skew.Judge();
    }

    private static ViewSkew Of(Data.Views.ViewRows rows) => new(WeatherView.Taken, WeatherView.Contract(), rows, 0.01);

    private static void Add(ViewSkew skew, double hour, IEnumerable<string> features) =>
        features.ToList().ForEach(row => skew.Add(WeatherView.Line(hour, row)));
}
