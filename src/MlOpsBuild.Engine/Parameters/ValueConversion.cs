using System.Globalization;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>Text to value, culture invariant.</summary>
internal static class ValueConversion
{
    /// <summary>Null and a sentence saying what was expected when the text is not a value of the type.</summary>
    public static object? Convert(string text, Type type, string root, out string? expected)
    {
        expected = null;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(bool) && bool.TryParse(text, out var flag))
        {
            return flag;
        }

        if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        if (type == typeof(TimeSpan) && TryDuration(text, out var duration))
        {
            return duration;
        }

        if (type.IsEnum && Enum.GetNames(type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } choice)
        {
            return Enum.Parse(type, choice);
        }

        if (type == typeof(AbsolutePath))
        {
            return (AbsolutePath)Path.GetFullPath(text, root)!;
        }

        expected = Describe(type);
        return null;
    }

    /// <summary>What help says a value looks like.</summary>
    public static string Describe(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(double) => "a number such as 0.5",
        _ when type == typeof(TimeSpan) => "a duration such as 250ms, 30s, 5m or 2h",
        _ when type == typeof(AbsolutePath) => "a path",
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type)),
        _ => "text",
    };

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        (string Unit, double Seconds)[] units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];
        foreach (var (unit, seconds) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                var known = amount * seconds <= TimeSpan.MaxValue.TotalSeconds / 2;
                duration = known ? TimeSpan.FromSeconds(amount * seconds) : default;
                return known;
            }
        }

        // A bare number would be days to the framework and seconds to a reader: a unit or a clock form is asked for.
        duration = default;
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
    }
}
