namespace MlOpsBuild.Data.Expectations;

/// <summary>What clocks of a place showed → universal time, in which every hour is as long as the others.</summary>
internal static class ClockTimes
{
    /// <summary>The times in universal time: of an hour that clocks show twice, the rows' order tells which it was.</summary>
    /// <param name="times">What clocks showed, in the order of the rows.</param>
    /// <param name="zone">Where; null where nobody says.</param>
    public static IReadOnlyList<DateTime> Passing(IReadOnlyList<DateTime> times, string? zone)
    {
        if (zone is null or "UTC")
        {
            return times;
        }

        var (place, passing, before) = (TimeZoneInfo.FindSystemTimeZoneById(zone), new DateTime[times.Count], DateTime.MinValue);
        foreach (var (row, time) in times.Index())
        {
            passing[row] = before = Passing(place, time, before);
        }

        return passing;
    }

    private static DateTime Passing(TimeZoneInfo place, DateTime time, DateTime before)
    {
        if (!place.IsAmbiguousTime(time))
        {
            return Less(time, place.GetUtcOffset(time));
        }

        var offsets = place.GetAmbiguousTimeOffsets(time);
        var (first, second) = (Less(time, offsets.Max()), Less(time, offsets.Min()));
        return first > before ? first : second;
    }

    // The first and the last moment have no hour before or after them.
    private static DateTime Less(DateTime time, TimeSpan offset) =>
        new(Math.Clamp(time.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
}
