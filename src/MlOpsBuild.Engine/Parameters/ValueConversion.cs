using System.Globalization;
using MlOpsBuild.Engine.CI;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Engine.ProjectModel;
using MlOpsBuild.Engine.Tooling;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>Text to value, culture invariant.</summary>
internal static class ValueConversion
{
    private static readonly Type[] Own = [typeof(bool), typeof(TimeSpan), typeof(AbsolutePath), typeof(Partition), typeof(Solution)];

    /// <summary>Null and a sentence saying what was expected when the text is not a value of the type.</summary>
    public static object? Convert(string text, Type type, string root, out string? expected)
    {
        expected = null;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(bool) && Flag(text) is { } flag)
        {
            return flag;
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
            return AbsolutePath.Create(Path.GetFullPath(text, root));
        }

        if (type == typeof(Partition) && Partition.TryParse(text, out var partition))
        {
            return partition;
        }

        if (type.IsSubclassOf(typeof(Enumeration))
            && Enumeration.Choices(type).FirstOrDefault(choice => choice.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
                is { } named)
        {
            return named;
        }

        if (type == typeof(Solution) && File.Exists(Path.GetFullPath(text, root)))
        {
            return Solution.Read(Path.GetFullPath(text, root));
        }

        if (!Own.Contains(type) && !type.IsSubclassOf(typeof(Enumeration)) && !type.IsEnum && ParsedValue.Of(text, type) is { } value)
        {
            return value;
        }

        expected = Describe(type);
        return null;
    }

    /// <summary>What help says a value looks like.</summary>
    public static string Describe(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when ParsedValue.IsWhole(type) => "a whole number",
        _ when ParsedValue.IsNumber(type) => "a number such as 0.5",
        _ when ParsedValue.IsDate(type) => "a date such as 2026-11-20 or 2026-11-20T14:03:00Z",
        _ when type == typeof(Partition) => "a part such as 2/4",
        _ when type == typeof(Uri) => "an address such as https://example.org",
        _ when type == typeof(TimeSpan) => "a duration such as 250ms, 30s, 5m or 2h",
        _ when type == typeof(AbsolutePath) => "a path",
        _ when type == typeof(Solution) => "a solution file",
        _ when type.IsSubclassOf(typeof(Enumeration)) => "one of " + string.Join(", ", Enumeration.Choices(type)),
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(string) => "text",
        _ => $"a {type.Name}",
    };

    // What is written in an environment variable is often a number or a word of agreement.
    public static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => null,
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
