using System.Globalization;

namespace MlOpsBuild.Store.Schema;

/// <summary>Names and folders of facts, the same in the store's folder and on the state branch. Folders keep git's trees small.</summary>
public static class FactPath
{
    private const string NameFormat = "yyyyMMdd'T'HHmmss'.'fff'Z'";
    private const int Quotes = 6;

    private const int DayLength = 8;

    /// <summary>The folder of a name that begins with a time: its day, <c>20261121</c>.</summary>
    public static string DayOf(string name) =>
        name.Length >= DayLength && name[..DayLength].All(char.IsAsciiDigit) ? name[..DayLength] : "undated";

    /// <summary>The file name of number <paramref name="number"/> in a series.</summary>
    public static string Numbered(int number) => number.ToString("00000", CultureInfo.InvariantCulture) + ".json";

    /// <summary>
    /// The time in the name of what comes after everything in <paramref name="folder"/>: now, or a moment after the newest where a clock
    /// was ahead once. What came after what is never told by a clock that goes back.
    /// </summary>
    public static DateTimeOffset After(string folder, DateTimeOffset now)
    {
        var newest = Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])).Max(StringComparer.Ordinal)
                is { } day
                ? Directory.GetFiles(day).Select(file => Path.GetFileName(file)).Max(StringComparer.Ordinal)
                : null
            : null;
        return newest?.Length >= NameFormat.Length - Quotes
            && DateTimeOffset.TryParseExact(
                newest[..(NameFormat.Length - Quotes)], NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var last)
            && last >= now
            ? last.AddMilliseconds(1)
            : now;
    }

    /// <summary>A time as it begins a name; sorts by itself.</summary>
    public static string NameOf(DateTimeOffset time) => time.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture);
}
