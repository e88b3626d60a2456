using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MlOpsBuild.Core.Fields;

/// <summary>
/// Reads times as most files have them, eight characters at once: <c>2011-01-31</c>, <c>2011-01-31 05:30</c>, <c>2011-01-31T05:30:59</c>.
/// </summary>
public static class ClockDigits
{
    private const int Half = 8;
    private const int Date = 10;
    private const int Minutes = 16;
    private const int Seconds = 19;
    private const ulong DateForm = 0x2D00_002D_0000_0000;
    private const ulong DateSigns = 0xFF00_00FF_0000_0000;
    private const ulong ClockForm = 0x0000_3A00_0000_0000;
    private const ulong ClockSigns = 0x0000_FF00_0000_0000;
    private const ulong DayDigits = 0x0000_0000_0000_FFFF;
    private const ulong ClockDigitsOfEight = 0xFFFF_00FF_FF00_0000;
    private const ulong HighHalves = 0xF0F0_F0F0_F0F0_F0F0;
    private const ulong ToHighHalf = 0x0606_0606_0606_0606;
    private const ulong Zeros = 0x3030_3030_3030_3030;
    private const ulong LowHalves = 0x0F0F_0F0F_0F0F_0F0F;

    /// <summary>Reads a time.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="days">The time (<see cref="Days"/>); NaN where it is written otherwise or there is none such, which says nothing about
    /// other ways to write one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out double days)
    {
        days = double.NaN;
        if (text.Length is not (Date or Minutes or Seconds))
        {
            return false;
        }

        var date = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var rest = text.Length == Date
            ? BinaryPrimitives.ReadUInt16LittleEndian(text[Half..])
            : BinaryPrimitives.ReadUInt64LittleEndian(text[Half..]);
        if ((date & DateSigns) != DateForm || !AreDigits(date, ~DateSigns) || !AreDigits(rest, DayDigits))
        {
            return false;
        }

        var (pairs, clock) = (Pairs(date), Pairs(rest));
        var (year, month, day) = ((100 * At(pairs, 0)) + At(pairs, 2), At(pairs, 5), At(clock, 0));
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var (hour, minute, second) = (0, 0, 0);
        if (text.Length > Date)
        {
            if (text[Date] is not ((byte)' ' or (byte)'T') || (rest & ClockSigns) != ClockForm || !AreDigits(rest, ClockDigitsOfEight))
            {
                return false;
            }

            (hour, minute) = (At(clock, 3), At(clock, 6));
        }

        if (text.Length == Seconds)
        {
            ulong last = BinaryPrimitives.ReadUInt16LittleEndian(text[(Minutes + 1)..]);
            if (text[Minutes] != ':' || !AreDigits(last, DayDigits))
            {
                return false;
            }

            second = At(Pairs(last), 0);
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        days = Days.Of(new DateTime(year, month, day, hour, minute, second));
        return true;
    }

    private static bool AreDigits(ulong characters, ulong where) =>
        ((characters ^ Zeros) & HighHalves & where) == 0 && ((((characters & LowHalves) + ToHighHalf) & HighHalves) & where) == 0;

    // Each digit ten times and the one behind it.
    private static ulong Pairs(ulong characters) => ((characters & LowHalves) * 10) + ((characters & LowHalves) >> 8);

    private static int At(ulong pairs, int place) => (byte)(pairs >> (8 * place));
}
