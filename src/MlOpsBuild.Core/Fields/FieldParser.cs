using System.Globalization;
using System.Text;

namespace MlOpsBuild.Core.Fields;

/// <summary>Turns the texts of one field into numbers: the same for a cell of a file and for a feature of a request.</summary>
public sealed class FieldParser
{
    private const double MostExact = 9_007_199_254_740_992;
    private const int OnStack = 256;
    private const int MostExactDigits = 15;
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private readonly FieldRule _rule;
    private readonly bool _decimalComma;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _categories;
    private readonly HashSet<double>? _allowed;
    private readonly TimeZoneInfo? _zone;

    /// <summary>A parser for <paramref name="rule"/>.</summary>
    /// <param name="rule">What the field accepts.</param>
    /// <param name="decimalComma">Whether a comma stands before decimals, as a file may declare.</param>
    public FieldParser(FieldRule rule, bool decimalComma = false)
    {
        _rule = rule;
        _decimalComma = decimalComma;
        _categories = (rule.Categories ?? []).Index().DistinctBy(category => category.Item, StringComparer.Ordinal)
            .ToDictionary(category => category.Item, category => category.Index, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _allowed = rule.Kind == FieldKind.Category
            ? null
            : rule.Categories?.Select(text => Convert(Encoding.UTF8.GetBytes(text), out _)).ToHashSet();
        _zone = rule.Zone == null ? null : TimeZoneInfo.FindSystemTimeZoneById(rule.Zone);
    }

    /// <summary>
    /// The number for <paramref name="text"/>; when the rule is broken it is NaN, and <paramref name="problem"/> says how in a few words.
    /// </summary>
    public double Parse(string text, out string? problem)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        return Parse(bytes[..Encoding.UTF8.GetBytes(text, bytes)], out problem);
    }

    /// <summary>The same for a text in UTF-8.</summary>
    public double Parse(ReadOnlySpan<byte> text, out string? problem) => Parse(text, out problem, out _);

    /// <summary>
    /// The same, telling what a number outside its range is: <paramref name="value"/> is NaN for what is no value of the field at all.
    /// </summary>
    public double Parse(ReadOnlySpan<byte> text, out string? problem, out double value)
    {
        value = Convert(text, out problem);
        problem ??= value < _rule.Minimum || value > _rule.Maximum ? "Out of range"
            : _allowed?.Contains(value) == false ? "Unknown category"
            : null;
        return problem == null ? value : double.NaN;
    }

    private double Convert(ReadOnlySpan<byte> text, out string? problem)
    {
        problem = null;
        switch (_rule.Kind)
        {
            case FieldKind.Text:
                problem = InvisibleCharacter.In(text, inText: true);
                return double.NaN;
            case FieldKind.Category:
                return Category(text, out problem);
            case FieldKind.Flag when text is [(byte)'1'] || Ascii.EqualsIgnoreCase(text, "true"u8):
                return 1;
            case FieldKind.Flag when text is [(byte)'0'] || Ascii.EqualsIgnoreCase(text, "false"u8):
                return 0;
            case FieldKind.Date when IsoTime.TryDate(text, out var date):
                return Days.Of(date);
            case FieldKind.Time when IsoTime.TryTime(text, out var time, out var offset):
                return Local(time, offset, out problem);
            case FieldKind.Whole or FieldKind.Real when TryNumber(text, out var number):
                problem = _rule.Kind == FieldKind.Real ? null
                    : Math.Abs(number) >= MostExact && !IsMostExact(text) ? "Whole number beyond 2^53"
                    : number != Math.Truncate(number) ? "Wrong type"
                    : null;
                return problem == null ? number : double.NaN;
            default:
                problem = InvisibleCharacter.In(text) ?? "Wrong type";
                return double.NaN;
        }
    }

    // What is one more is rounded to it.
    private static bool IsMostExact(ReadOnlySpan<byte> text) =>
        decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out var exact) && Math.Abs(exact) == 9_007_199_254_740_992m;

    // Parsing accepts NULs after a number and spaces before it.
    private bool TryNumber(ReadOnlySpan<byte> text, out double number)
    {
        if (!_decimalComma && (DecimalDigits.TryParse(ShortText.Of(text), out number)
            || (text.Length <= MostExactDigits && TryDigits(text, out number))))
        {
            return true;
        }

        number = double.NaN;
        if (text.Length is 0 or > OnStack || text.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        if (_decimalComma)
        {
            Span<byte> pointed = stackalloc byte[text.Length];
            text.Replace(pointed, (byte)',', (byte)'.');
            return !text.Contains((byte)'.')
                && double.TryParse(pointed, Number, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number);
        }

        return double.TryParse(text, Number, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    // As DecimalDigits does, for some more of them.
    private static bool TryDigits(ReadOnlySpan<byte> text, out double number)
    {
        var digits = text is [(byte)'-', ..] ? text[1..] : text;
        var (value, point) = (0L, -1);
        number = double.NaN;
        for (var i = 0; i < digits.Length; i++)
        {
            if (char.IsAsciiDigit((char)digits[i]))
            {
                value = (value * 10) + digits[i] - '0';
            }
            else if (digits[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        if (digits.Length == 0 || point == 0 || point == digits.Length - 1)
        {
            return false;
        }

        number = point < 0 ? value : value / PowersOfTen[digits.Length - 1 - point];
        number = digits.Length == text.Length ? number : -number;
        return true;
    }

    private double Category(ReadOnlySpan<byte> text, out string? problem)
    {
        problem = null;
        var length = Encoding.UTF8.GetMaxCharCount(text.Length);
        Span<char> characters = length <= OnStack ? stackalloc char[OnStack] : new char[length];
        if (_categories.TryGetValue(characters[..Encoding.UTF8.GetChars(text, characters)], out var position))
        {
            return position;
        }

        problem = InvisibleCharacter.In(text) ?? "Unknown category";
        return double.NaN;
    }

    // The time of day where the row was made: what a model may learn from.
    private double Local(DateTime time, TimeSpan? offset, out string? problem)
    {
        problem = null;
        if (offset is { } from)
        {
            problem = _zone == null ? "Offset without a declared zone"
                : time.Ticks - from.Ticks is < 0 or > 3_155_378_975_999_999_999 ? "Out of range"
                : null;
            return problem == null
                ? Days.Of(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(time - from, DateTimeKind.Utc), _zone!))
                : double.NaN;
        }

        problem = _zone?.IsInvalidTime(time) == true ? "Time that clocks left out" : null;
        return problem == null ? Days.Of(time) : double.NaN;
    }
}
