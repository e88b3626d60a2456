using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Views;

/// <summary>
/// Clock times → ticks of universal time. Where a clock leaves it open, no row may see the future: an hour that clocks show twice is the
/// first one of a row and the last one of a value, and a date stands for the begin of a row's day and the end of a value's. A clock
/// without a zone is taken for universal time.
/// </summary>
internal sealed class ClockMoment(FieldRule rule)
{
    private readonly TimeZoneInfo? _zone = rule.Zone == null ? null : TimeZoneInfo.FindSystemTimeZoneById(rule.Zone);

    /// <summary>The moment of a row.</summary>
    public long OfRow(DateTime clock) => Universal(clock, offsets => offsets.Max());

    /// <summary>The moments of rows that follow one another: of an hour that clocks show twice, their order tells which it was.</summary>
    public IReadOnlyList<long> OfRows(IReadOnlyList<DateTime> clocks)
    {
        var (moments, before) = (new long[clocks.Count], long.MinValue);
        foreach (var (row, clock) in clocks.Index())
        {
            moments[row] = before = OfRow(clock) is var first && first > before ? first : Last(clock);
        }

        return moments;
    }

    /// <summary>The moment from which a value counts.</summary>
    /// <param name="days">Its date or time as a number.</param>
    public long OfValue(double days)
    {
        var clock = Days.ToTime(days);
        return rule.Kind == FieldKind.Date
            ? Math.Min(clock.Ticks, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay
            : Last(clock);
    }

    private long Last(DateTime clock) => Universal(clock, offsets => offsets.Min());

    private long Universal(DateTime clock, Func<TimeSpan[], TimeSpan> choose) => _zone == null ? clock.Ticks
        : clock.Ticks - (_zone.IsAmbiguousTime(clock) ? choose(_zone.GetAmbiguousTimeOffsets(clock)) : _zone.GetUtcOffset(clock)).Ticks;
}
