using System.Globalization;
using System.Text;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Inference;

/// <summary>What is seen of a column while a file is read once.</summary>
internal sealed class ColumnFacts(string name)
{
    private const int MostTexts = 5000;
    private const int MostValues = 100_000;
    private const double MostExact = 1L << 53;
    private static readonly string[] UsualMissing = ["?", "NA", "N/A", "NaN", "NULL", "null", "None", "-"];
    private static readonly FieldParser Number = new(new("x", FieldKind.Real));
    private static readonly FieldParser CommaNumber = new(new("x", FieldKind.Real), decimalComma: true);
    private static readonly FieldParser Day = new(new("x", FieldKind.Date));
    private static readonly FieldParser Time = new(new("x", FieldKind.Time) { Zone = "UTC" });
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private int _numbers;
    private int _commaNumbers;
    private int _digits;
    private int _days;
    private int _times;
    private int _offsets;
    private int _flags;

    /// <summary>Header name.</summary>
    public string Name { get; } = name;

    /// <summary>Cells with a value.</summary>
    public int Present { get; private set; }

    /// <summary>Cells without.</summary>
    public int Missing { get; private set; }

    /// <summary>The usual texts for a missing value that occur, in a column that holds something else than texts.</summary>
    public IReadOnlyList<string> MissingTexts => Kind == FieldKind.Text ? [] : [.. UsualMissing.Where(_texts.ContainsKey)];

    /// <summary>Cells that hold one of them.</summary>
    public int MissingByText => UsualMissing.Sum(text => _texts.GetValueOrDefault(text));

    /// <summary>The numbers, of dates days; the first 100,000 rows, NaN where a row has none.</summary>
    public List<double> Values { get; } = [];

    /// <summary>Smallest number.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest number.</summary>
    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether every number is whole.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether times tell their offset from universal time.</summary>
    public bool HasOffsets => _offsets > 0;

    /// <summary>Whether numbers have a comma before decimals.</summary>
    public bool HasCommas => _commaNumbers > _numbers;

    /// <summary>Different texts; null where there are too many to count.</summary>
    public IReadOnlyDictionary<string, int>? Texts => _texts.Count < MostTexts ? _texts : null;

    /// <summary>What the cells hold.</summary>
    public FieldKind Kind
    {
        get
        {
            var known = Present - MissingByText;
            return known <= 0 ? FieldKind.Text
                : _flags == known ? FieldKind.Flag
                : _days == known ? FieldKind.Date
                : _times == known ? FieldKind.Time
                : Math.Max(_numbers, _commaNumbers) == known ? IsWhole ? WholeKind : FieldKind.Real
                : FieldKind.Text;
        }
    }

    // Numbers beyond 2^53 are not kept to the last digit: what is written in digits alone names something.
    private FieldKind WholeKind => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum)) < MostExact ? FieldKind.Whole
        : _digits == Present - MissingByText ? FieldKind.Text
        : FieldKind.Real;

    /// <summary>Takes a cell.</summary>
    public void Observe(ReadOnlySpan<byte> cell)
    {
        if (cell.Length == 0)
        {
            Missing++;
            Keep(double.NaN);
            return;
        }

        Present++;
        var text = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 200)]);
        if (_texts.Count < MostTexts || _texts.ContainsKey(text))
        {
            _texts[text] = _texts.GetValueOrDefault(text) + 1;
        }

        Keep(NumberOf(cell, text));
    }

    private double NumberOf(ReadOnlySpan<byte> cell, string text)
    {
        var number = Number.Parse(cell, out var noNumber);
        var comma = CommaNumber.Parse(cell, out var noComma);
        var day = Day.Parse(cell, out var noDay);
        var time = Time.Parse(cell, out var noTime);
        _numbers += noNumber == null ? 1 : 0;
        _commaNumbers += noComma == null ? 1 : 0;
        _digits += text.AsSpan().TrimStart('-').ContainsAnyExceptInRange('0', '9') ? 0 : 1;
        _days += noDay == null ? 1 : 0;
        _times += noTime == null ? 1 : 0;
        _offsets += noTime == null && text.Length > 10 && (text[^1] == 'Z' || text.AsSpan(10).ContainsAny('+', '-')) ? 1 : 0;
        _flags += text is "0" or "1"
            || text.Equals("true", StringComparison.OrdinalIgnoreCase)
            || text.Equals("false", StringComparison.OrdinalIgnoreCase)
            ? 1
            : 0;
        var value = noNumber == null ? number : noComma == null ? comma : noDay == null ? day : noTime == null ? time : double.NaN;
        if (!double.IsNaN(value))
        {
            (Minimum, Maximum) = (Math.Min(Minimum, value), Math.Max(Maximum, value));
            IsWhole &= value == Math.Truncate(value);
        }

        return value;
    }

    private void Keep(double value)
    {
        if (Values.Count < MostValues)
        {
            Values.Add(value);
        }
    }
}
