using System.Globalization;
using System.Text.RegularExpressions;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>Hours in which nobody is disturbed, on the clock of a place.</summary>
/// <param name="From">When they begin.</param>
/// <param name="Until">When they end; before or at <paramref name="From"/> it is the next day.</param>
/// <param name="Zone">Whose clock.</param>
public sealed partial record QuietHours(TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
{
    /// <summary>Reads <c>22:00-07:00 Europe/Berlin</c>; UTC without a place.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    public static QuietHours Parse(string text) =>
        Pattern().Match(text) is { Success: true } match
        && TimeOnly.TryParse(match.Groups["from"].Value, CultureInfo.InvariantCulture, out var from)
        && TimeOnly.TryParse(match.Groups["until"].Value, CultureInfo.InvariantCulture, out var until)
        && TimeZoneInfo.TryFindSystemTimeZoneById(
            match.Groups["zone"] is { Success: true } zone ? zone.Value : "UTC", out var found)
            ? new(from, until, found)
            : throw new UsageException(new Finding(
                "MLB6010", "These are no quiet hours", "--quiet-hours", text,
                "for example 22:00-07:00 Europe/Berlin, or 20:30-06:00 for UTC",
                "name two times of day and a time zone as tzdata calls it"));

    /// <summary>Whether <paramref name="time"/> lies in them.</summary>
    public bool Contains(DateTimeOffset time)
    {
        var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);
        return From == Until || local.IsBetween(From, Until);
    }

    [GeneratedRegex(@"^(?<from>\d\d?:\d\d)\s*(?:-|–|to)\s*(?<until>\d\d?:\d\d)(?:\s+(?<zone>\S+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
