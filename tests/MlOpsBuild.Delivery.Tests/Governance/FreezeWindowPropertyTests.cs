using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Delivery.Governance.Tests;

/// <summary>What holds of every weekly freeze, whatever its times and its place.</summary>
public sealed class FreezeWindowPropertyTests
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Clocks may be moved once or twice within it, by an hour at most each time.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7) + TimeSpan.FromHours(2);

    private static readonly Arbitrary<(int From, int Until, int Minutes, string Zone)> Any = (
        from first in Gen.Choose(0, (7 * 24 * 60) - 1)
        from last in Gen.Choose(0, (7 * 24 * 60) - 1)
        from minutes in Gen.Choose(0, 366 * 24 * 60)
        from zone in Gen.Elements(Zones)
        select (first, last, minutes, zone)).ToArbitrary();

    [Fact]
    public void It_ends_within_a_week_and_that_end_is_not_promised_twice() => Prop.ForAll(Any, any =>
    {
        var moment = Begin.AddMinutes(any.Minutes);
        if (Of(any.From, any.Until, any.Zone) is var freeze && freeze.EndAt(moment) is { } end)
        {
            end.ShouldBeInRange(moment.AddHours(-1), moment + Longest);
            freeze.EndAt(end.AddHours(1.5)).ShouldNotBe(end);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_that_follow_one_another_leave_no_moment_free_and_none_twice() => Prop.ForAll(Any, any =>
    {
        var moment = Begin.AddMinutes(any.Minutes);
        if (any.From != any.Until)
        {
            (Of(any.From, any.Until, any.Zone).EndAt(moment) != null).ShouldBe(
                Of(any.Until, any.From, any.Zone).EndAt(moment) == null);
        }
    }).QuickCheckThrowOnFailure();

    private static WeeklyFreeze Of(int from, int until, string zone)
    {
        var ((day, time), (end, endTime)) = (At(from), At(until));
        return new(day, time, end, endTime, zone, "a test");
    }

    private static (DayOfWeek Day, TimeOnly Time) At(int minute) =>
        ((DayOfWeek)(minute / (24 * 60)), TimeOnly.MinValue.AddMinutes(minute % (24 * 60)));
}
