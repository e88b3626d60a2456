using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Online;

namespace MlOpsBuild.Delivery.Views.Tests;

public sealed class ViewFreshnessTests
{
    private static readonly OnlineState Kept = new("sha256:1", WeatherView.Noon.AddMinutes(-30), 3, [])
    {
        Newest = WeatherView.Noon.AddHours(-1)
    };

    [Fact]
    public void Fresh_values_pass_once_enough_was_looked_up()
    {
        Judge(Kept, (LookupOutcome.Found, 5)).Verdict.ShouldBe(Verdict.Inconclusive);
        var aspect = Judge(Kept, (LookupOutcome.Found, 2000), (LookupOutcome.Unknown, 40));

        aspect.Verdict.ShouldBe(Verdict.Passed);
        aspect.Evidence.ShouldBe(
            "the newest of 3 values is 60 min old, written 30 min ago, at most 3 h is wanted; "
            + "2,040 looked up: 40 of keys of which nothing is known, 0 too old, tolerated 1%");
    }

    [Fact]
    public void Nothing_looked_up_is_inconclusive() => Judge(Kept).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void A_newest_value_that_is_too_old_fails_since_then()
    {
        var aspect = Judge(Kept with { Newest = WeatherView.Noon.AddDays(-2) }, (LookupOutcome.Stale, 1));

        (aspect.Verdict, aspect.Since).ShouldBe((Verdict.Failed, new DateOnly(2026, 11, 19)));
        aspect.Evidence.ShouldContain("is 48 h old");
    }

    [Fact]
    public void Many_old_ones_fail_though_the_newest_is_fresh() =>
        Judge(Kept, (LookupOutcome.Found, 100), (LookupOutcome.Stale, 20)).Verdict.ShouldBe(Verdict.Failed);

    [Fact]
    public void A_store_with_nothing_fails()
    {
        Judge(null).Evidence.ShouldContain("./build.sh Materialize");
        Judge(null).Verdict.ShouldBe(Verdict.Failed);
        Judge(Kept with { Newest = null, Count = 0 }).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public void Without_an_age_it_is_told_and_not_judged()
    {
        var aspect = new ViewFreshness(WeatherView.Taken with { MaxAge = null }, 0.01).Judge(Kept, WeatherView.Noon);

        (aspect.Verdict, aspect.Judged).ShouldBe((Verdict.Inconclusive, false));
    }

    private static Monitoring.MonitorAspect Judge(OnlineState? state, params (LookupOutcome Outcome, int Count)[] lookups)
    {
        var freshness = new ViewFreshness(WeatherView.Taken, 0.01);
        foreach (var outcome in lookups.SelectMany(lookup => Enumerable.Repeat(lookup.Outcome, lookup.Count)))
        {
            freshness.Add(WeatherView.Line(0, "{}", outcome));
        }

        return freshness.Judge(state, WeatherView.Noon);
    }
}
