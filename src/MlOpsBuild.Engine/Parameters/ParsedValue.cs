using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>Values of types that can read themselves from text: numbers, dates, identifiers, whatever has a converter.</summary>
internal static class ParsedValue
{
    private static readonly Type[] Whole =
    [
        typeof(int), typeof(long), typeof(short), typeof(byte), typeof(uint), typeof(ulong), typeof(ushort), typeof(sbyte)
    ];
    private static readonly Type[] Fractional = [typeof(double), typeof(float), typeof(decimal)];
    private static readonly Type[] Dates = [typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly)];

    public static bool IsWhole(Type type) => Whole.Contains(type);

    public static bool IsNumber(Type type) => Fractional.Contains(type);

    public static bool IsDate(Type type) => Dates.Contains(type);

    /// <summary>Null when the text is not a value of the type.</summary>
    public static object? Of(string text, Type type)
    {
        // Thousands separators are refused: 0,5 would be 5.
        var value = IsWhole(type) ? Try(
            type, [typeof(string), typeof(NumberStyles), typeof(IFormatProvider)], text, NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture)
            : IsNumber(type) ? Try(
                type, [typeof(string), typeof(NumberStyles), typeof(IFormatProvider)], text, NumberStyles.Float,
                CultureInfo.InvariantCulture)
            : IsDate(type) ? Date(text, type)
            : type == typeof(Uri) ? Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null
            : type.GetMethod(
                "TryParse", BindingFlags.Public | BindingFlags.Static,
                [typeof(string), typeof(IFormatProvider), type.MakeByRefType()]) != null
                ? Try(type, [typeof(string), typeof(IFormatProvider)], text, CultureInfo.InvariantCulture)
            : Converted(text, type);
        return value is double and (double.NaN or double.PositiveInfinity or double.NegativeInfinity)
            or float and (float.NaN or float.PositiveInfinity or float.NegativeInfinity)
            ? null
            : value;
    }

    // Year first, or day and month could be taken for each other; without an offset the time is UTC.
    private static object? Date(string text, Type type) =>
        text.Length < 8
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            || !text.StartsWith(moment.ToString("yyyy-", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? null
        : type == typeof(DateTimeOffset) ? moment
        : type == typeof(DateTime) ? moment.UtcDateTime
        : moment.TimeOfDay == TimeSpan.Zero ? DateOnly.FromDateTime(moment.DateTime) : null;

    private static object? Try(Type type, Type[] parameters, params object?[] arguments)
    {
        object?[] all = [.. arguments, null];
        var method = type.GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static, [.. parameters, type.MakeByRefType()])!;
        return (bool)method.Invoke(null, all)! ? all[^1] : null;
    }

    private static object? Converted(string text, Type type)
    {
        var converter = TypeDescriptor.GetConverter(type);
        try
        {
            return converter.CanConvertFrom(typeof(string)) ? converter.ConvertFromInvariantString(text) : null;
        }
        catch (Exception)
        {
            // Converters throw whatever their author threw.
            return null;
        }
    }
}
