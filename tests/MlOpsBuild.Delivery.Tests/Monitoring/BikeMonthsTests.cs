using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

/// <summary>A year of real demand, which grows and has seasons, looked at every day with the usual policy.</summary>
public sealed class BikeMonthsTests
{
    /// <summary>
    /// The table knows no weather: in March its loss really is 2.4 times that of its hold-out, in November 1.6 times. Those are to be
    /// found; where the month's loss was within what is tolerated, an alarm is a false one.
    /// </summary>
    [RealDataFact]
    public void At_most_one_month_of_twelve_is_a_false_alarm_though_every_day_is_looked_at()
    {
        var months = new BikeMonths();

        var served = Enumerable.Range(1, 12)
            .Select(month => (Month: month, months.Serve(month).FailedOn, Rise: months.RiseIn(month))).ToList();

        served.Count(month => month.FailedOn != null && month.Rise <= 1.25).ShouldBeLessThanOrEqualTo(1, string.Join('\n', served));
        served.Where(month => month.Rise > 1.5).ShouldAllBe(month => month.FailedOn != null);
        served.Where(month => month.FailedOn != null).Select(month => month.Month).ShouldBe([3, 11]);
    }

    [RealDataTheory]
    [InlineData(2.0)]
    [InlineData(0.4)]
    public void Demand_that_becomes_another_in_month_nine_is_found_within_its_month(double factor)
    {

        var (failedOn, last) = new BikeMonths().Serve(9, (time, count) => time.Day >= 5 ? count * factor : count);

        failedOn.ShouldNotBeNull(string.Join(" | ", last.Aspects));
        last.Aspects.Single(aspect => aspect.Name == "loss").Since!.Value.Day.ShouldBeInRange(1, 10);
    }

    [RealDataFact]
    public void Without_labels_nothing_is_said_to_be_well_for_certain()
    {

        var (failedOn, last) = new BikeMonths().Serve(9, labelled: false);

        failedOn.ShouldBeNull();
        last.Aspects.Single(aspect => aspect.Name == "loss").Verdict.ShouldBe(Verdict.Inconclusive);
        last.Verdict.ShouldBe(Verdict.Inconclusive);
    }
}
