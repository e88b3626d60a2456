using System.Globalization;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>A time in which nothing is promoted, on the clock of a place. A rollback is never held up by it.</summary>
/// <param name="Zone">Whose clock, as tzdata calls it.</param>
/// <param name="Why">What it is for, for example <c>Black Friday</c>.</param>
public abstract record FreezeWindow(string Zone, string Why)
{
    /// <summary>Whether the clock is known on this machine: it may have no tzdata, and a rollback does not wait for that.</summary>
    public bool HasClock => TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _);

    /// <summary>The moment at which the window ends that <paramref name="moment"/> lies in; null when it lies in none.</summary>
    /// <exception cref="TimeZoneNotFoundException">The clock is not known.</exception>
    public DateTimeOffset? EndAt(DateTimeOffset moment)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        if (EndOf(TimeZoneInfo.ConvertTime(moment, clock).DateTime) is not { } end)
        {
            return null;
        }

        // A time that clocks leave out in spring begins an hour later.
        var told = clock.IsInvalidTime(end) ? end.AddHours(1) : end;
        return new(told, clock.GetUtcOffset(told));
    }

    /// <summary>In words: <c>until 2026-11-30 08:00 Europe/Berlin (weekend)</c>.</summary>
    public string Describe(DateTimeOffset end) => string.Create(
        CultureInfo.InvariantCulture, $"until {end:yyyy-MM-dd HH:mm} {Zone} ({Why})");

    /// <summary>The end, on the same clock, of the window that <paramref name="local"/> lies in; null when it lies in none.</summary>
    protected abstract DateTime? EndOf(DateTime local);
}
