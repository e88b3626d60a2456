using System.Globalization;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>A time in which nothing is promoted, on the clock of a place. A rollback is never held up by it.</summary>
/// <param name="Zone">Whose clock.</param>
/// <param name="Why">What it is for, for example <c>Black Friday</c>.</param>
public abstract record FreezeWindow(TimeZoneInfo Zone, string Why)
{
    /// <summary>The moment at which the window ends that <paramref name="moment"/> lies in; null when it lies in none.</summary>
    public DateTimeOffset? EndAt(DateTimeOffset moment)
    {
        if (EndOf(TimeZoneInfo.ConvertTime(moment, Zone).DateTime) is not { } end)
        {
            return null;
        }

        // A time that clocks leave out in spring begins an hour later.
        var told = Zone.IsInvalidTime(end) ? end.AddHours(1) : end;
        return new(told, Zone.GetUtcOffset(told));
    }

    /// <summary>In words: <c>until 2026-11-30 08:00 Europe/Berlin (weekend)</c>.</summary>
    public string Describe(DateTimeOffset end) => string.Create(
        CultureInfo.InvariantCulture, $"until {end:yyyy-MM-dd HH:mm} {Zone.Id} ({Why})");

    /// <summary>The end, on the same clock, of the window that <paramref name="local"/> lies in; null when it lies in none.</summary>
    protected abstract DateTime? EndOf(DateTime local);
}
