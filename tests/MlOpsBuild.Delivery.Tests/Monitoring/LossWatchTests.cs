using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class LossWatchTests
{
    private static readonly DateOnly First = new(2012, 1, 1);

    /// <summary>Ville's inequality: a mean of exactly what is tolerated, looked at every day for a year.</summary>
    [Fact]
    public void A_loss_that_is_tolerated_is_called_harm_no_more_often_than_stated()
    {
        var alarms = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var watch = Watched(seed, days: 365, mean: 1, stopsAt: Math.Log(20));
            alarms += watch.LogHarm >= Math.Log(20) ? 1 : 0;
        }

        alarms.ShouldBeLessThanOrEqualTo(400 / 20);
    }

    [Fact]
    public void A_loss_beyond_what_is_tolerated_is_called_well_no_more_often_than_stated()
    {
        var wrong = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            wrong += Watched(seed, days: 365, mean: 1, stopsAt: double.PositiveInfinity, until: watch => watch.LogNoHarm >= Math.Log(20))
                .LogNoHarm >= Math.Log(20) ? 1 : 0;
        }

        wrong.ShouldBeLessThanOrEqualTo(400 / 20);
    }

    [Fact]
    public void A_loss_that_doubles_is_found_within_a_month_with_the_day_on_which_it_began()
    {
        var found = 0;
        for (var seed = 0; seed < 50; seed++)
        {
            var watch = new LossWatch(4);
            var random = new SplitMix64((ulong)seed);
            for (var day = 0; day < 30; day++)
            {
                watch.Add(First.AddDays(day), (day < 5 ? 0.8 : 1.6) * Noise(random));
            }

            found += watch.LogHarm >= Math.Log(20) ? 1 : 0;
            watch.Since!.Value.DayNumber.ShouldBeInRange(First.DayNumber, First.AddDays(9).DayNumber);
        }

        found.ShouldBeGreaterThanOrEqualTo(45);
    }

    [Fact]
    public void Nothing_is_well_with_a_day_beyond_all_that_is_known()
    {
        var watch = new LossWatch(3);
        for (var day = 0; day < 200; day++)
        {
            watch.Add(First.AddDays(day), 0.5);
        }

        watch.LogNoHarm.ShouldBeGreaterThan(Math.Log(20));
        watch.Add(First.AddDays(200), 50);

        watch.LogNoHarm.ShouldBe(double.NegativeInfinity);
        watch.Beyond.ShouldBe(1);
    }

    [Fact]
    public void Without_days_there_is_no_evidence()
    {
        var watch = new LossWatch(4);

        (watch.Days, watch.LogHarm, watch.LogNoHarm, watch.Since).ShouldBe((0, 0, 0, null));
    }

    private static LossWatch Watched(int seed, int days, double mean, double stopsAt, Func<LossWatch, bool>? until = null)
    {
        var (watch, random) = (new LossWatch(4), new SplitMix64((ulong)seed));
        for (var day = 0; day < days && watch.LogHarm < stopsAt && until?.Invoke(watch) != true; day++)
        {
            watch.Add(First.AddDays(day), mean * Noise(random));
        }

        return watch;
    }

    // Mean 1, from 0.4 to 1.6: well below what a watch for days up to 4 cuts.
    private static double Noise(SplitMix64 random) => 0.4 + (1.2 * random.NextDouble());
}
