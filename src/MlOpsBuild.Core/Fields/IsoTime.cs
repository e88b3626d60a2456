namespace MlOpsBuild.Core.Fields;

/// <summary>
/// Reads dates and times as ISO 8601 writes them, a space allowed for its T: <c>2011-01-31</c>, <c>2011-01-31 05:30:00.25+02:00</c>.
/// </summary>
internal static class IsoTime
{
    private const int DateLength = 10;
    private const int TicksDigits = 7;

    /// <summary>Reads a date alone.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        if (text.Length != DateLength || text[4] != '-' || text[7] != '-'
            || Number(text[..4]) is not (> 0 and var year)
            || Number(text[5..7]) is not (>= 1 and <= 12 and var month)
            || Number(text[8..]) is not (>= 1 and var day)
            || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new(year, month, day);
        return true;
    }

    /// <summary>Reads a date, a time of day where there is one, and an offset from universal time where there is one.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out DateTime time, out TimeSpan? offset)
    {
        offset = null;
        if (text.Length < DateLength || !TryDate(text[..DateLength], out time))
        {
            time = default;
            return false;
        }

        var rest = text[DateLength..];
        if (rest.Length == 0)
        {
            return true;
        }

        if (rest[0] is not ((byte)'T' or (byte)' ') || !TryClock(ref rest, out var clock))
        {
            return false;
        }

        time += clock;
        return rest.Length == 0 || TryOffset(rest, out offset);
    }

    private static bool TryClock(ref ReadOnlySpan<byte> rest, out TimeSpan clock)
    {
        clock = default;
        if (rest.Length < 6 || rest[3] != ':' || Number(rest[1..3]) is not (>= 0 and <= 23 and var hour)
            || Number(rest[4..6]) is not (>= 0 and <= 59 and var minute))
        {
            return false;
        }

        clock = new(hour, minute, 0);
        rest = rest[6..];
        if (rest.Length == 0 || rest[0] != ':')
        {
            return true;
        }

        if (rest.Length < 3 || Number(rest[1..3]) is not (>= 0 and <= 59 and var second))
        {
            return false;
        }

        clock += TimeSpan.FromSeconds(second);
        rest = rest[3..];
        return rest.Length == 0 || rest[0] != '.' || TryFraction(ref rest, ref clock);
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, ref TimeSpan clock)
    {
        var (digits, ticks) = (0, 0L);
        while (digits + 1 < rest.Length && char.IsAsciiDigit((char)rest[digits + 1]))
        {
            digits++;
            ticks = digits <= TicksDigits ? (ticks * 10) + rest[digits] - '0' : ticks;
        }

        for (var missing = digits; missing < TicksDigits; missing++)
        {
            ticks *= 10;
        }

        clock += TimeSpan.FromTicks(ticks);
        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan? offset)
    {
        offset = TimeSpan.Zero;
        if (text is [(byte)'Z'])
        {
            return true;
        }

        var minutes = text.Length == 6 && text[3] == ':' ? text[4..] : text.Length == 5 ? text[3..] : text.Length == 3 ? "00"u8 : default;
        if (minutes.Length != 2 || text[0] is not ((byte)'+' or (byte)'-') || Number(text[1..3]) is not (>= 0 and <= 14 and var hour)
            || Number(minutes) is not (>= 0 and <= 59 and var minute))
        {
            return false;
        }

        offset = new TimeSpan(hour, minute, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    // −1 for anything but digits.
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
