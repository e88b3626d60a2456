namespace MlOpsBuild.Core.Fields;

/// <summary>Times as days since 0001-01-01 with their part of a day; to the millisecond.</summary>
public static class Days
{
    /// <summary>The days of <paramref name="time"/>.</summary>
    public static double Of(DateTime time) => (double)time.Ticks / TimeSpan.TicksPerDay;

    /// <summary>The time of <paramref name="days"/>.</summary>
    public static DateTime ToTime(double days) =>
        new(Math.Min((long)Math.Round(days * TimeSpan.MillisecondsPerDay) * TimeSpan.TicksPerMillisecond, DateTime.MaxValue.Ticks));
}
