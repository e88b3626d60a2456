namespace MlOpsBuild.Delivery.Governance;

/// <summary>A freeze that comes every week, for example from Friday 16:00 to Monday 08:00.</summary>
/// <param name="From">The day it begins on.</param>
/// <param name="FromTime">When.</param>
/// <param name="Until">The day it ends on.</param>
/// <param name="UntilTime">When; this moment is free again.</param>
/// <param name="Zone">Whose clock.</param>
/// <param name="Why">What it is for.</param>
public sealed record WeeklyFreeze(
    DayOfWeek From, TimeOnly FromTime, DayOfWeek Until, TimeOnly UntilTime, string Zone, string Why) : FreezeWindow(Zone, Why)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <inheritdoc />
    protected override DateTime? EndOf(DateTime local)
    {
        var (now, from, until) = (
            Of(local.DayOfWeek, TimeOnly.FromDateTime(local)), Of(From, FromTime), Of(Until, UntilTime));
        return After(from, now) < After(from, until) ? local + After(now, until) : null;
    }

    private static TimeSpan Of(DayOfWeek day, TimeOnly time) => TimeSpan.FromDays((int)day) + time.ToTimeSpan();

    // From one time of the week to the next such other one.
    private static TimeSpan After(TimeSpan from, TimeSpan to) => to >= from ? to - from : to - from + Week;
}
