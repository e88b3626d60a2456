using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables;

/// <summary>Takes cells row by row, checks each against its column's promise and keeps the numbers.</summary>
internal sealed class TableBuilder
{
    private readonly DataContract _contract;
    private readonly FindingCollector _findings;
    private readonly List<double>[] _values;
    private readonly Dictionary<string, string>?[] _seen;
    private readonly Dictionary<string, double> _texts = new(StringComparer.Ordinal);
    private readonly int _day;
    private readonly int _hour;
    private readonly List<DateTime> _times = [];
    private string _file = "";
    private long _line;
    private int? _heldOutFrom;
    private DateTime _before;

    public TableBuilder(DataContract contract, FindingCollector findings)
    {
        _contract = contract;
        _findings = findings;
        _values = [.. contract.Columns.Select(_ => new List<double>())];
        _seen = [.. contract.Columns.Select(column => column.Unique ? new Dictionary<string, string>() : null)];
        _day = contract.Columns.ToList().FindIndex(column => column.Timestamp == TimestampPart.Day);
        _hour = contract.Columns.ToList().FindIndex(column => column.Timestamp == TimestampPart.Hour);
    }

    /// <summary>What follows is held out: its rows are in order by themselves.</summary>
    public void BeginHeldOut() => (_heldOutFrom, _before) = (_values[0].Count, DateTime.MinValue);

    public void BeginRow(string file, long line) => (_file, _line) = (file, line);

    public void Cell(int index, string text)
    {
        var column = _contract.Columns[index];
        var value = Value(column, text, out var problem);
        var expected = column.Rule.Describe();
        if (problem == null && _seen[index] is { } seen && !seen.TryAdd(text, string.Create(CultureInfo.InvariantCulture, $"{_file}, line {_line}")))
        {
            (problem, expected) = ("Repeated value", $"every value once; it is also in {seen[text]}");
        }

        if (problem != null)
        {
            _findings.Add(column.Name, new(problem, Where(column.Name), column.PersonalData ? "***" : text, expected, "correct the row, or change the contract if the data is right"));
        }

        _values[index].Add(IsKept(column) ? PositionOf(text) : value);
    }

    public void EndRow()
    {
        if (_day < 0 || double.IsNaN(_values[_day][^1]) || (_hour >= 0 && double.IsNaN(_values[_hour][^1])))
        {
            return;
        }

        var hour = _hour >= 0 ? _values[_hour][^1] : 0;
        if (hour is < 0 or > 23)
        {
            var column = _contract.Columns[_hour].Name;
            _findings.Add(column, new("Not an hour", Where(column), hour.ToString(CultureInfo.InvariantCulture), "0 to 23", "correct the row"));
            return;
        }

        var day = Days.ToTime(_values[_day][^1]);
        var time = day > DateTime.MaxValue.AddHours(-hour) ? DateTime.MaxValue : day.AddHours(hour);
        if (time < _before)
        {
            var column = _contract.Columns[_day].Name;
            _findings.Add(column, new(
                "Time out of order", Where(column), time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                $"not before {_before:yyyy-MM-dd HH:mm}", "sort the rows by time"));
        }

        _before = time;
        _times.Add(time);
    }

    /// <summary>The table; the builder is used up, since no value is kept twice.</summary>
    public DataTable Build()
    {
        var (rows, columns, texts) = (_values[0].Count, new Dictionary<string, double[]>(), new Dictionary<string, double[]>());
        for (var i = 0; i < _values.Length; i++)
        {
            var column = _contract.Columns[i];
            if (column.Rule.Kind != FieldKind.Text)
            {
                columns[column.Name] = [.. _values[i]];
            }
            else if (IsKept(column))
            {
                texts[column.Name] = [.. _values[i]];
            }

            _values[i] = [];
        }

        return new(_contract, columns, _times, rows) { HeldOutFrom = _heldOutFrom ?? rows, TextColumns = texts, Texts = [.. _texts.Keys] };
    }

    // Features may read them; identifiers place rows in a draw.
    private static bool IsKept(ColumnContract column) => column is { Rule.Kind: FieldKind.Text, Role: ColumnRole.Feature or ColumnRole.Identifier };

    private double PositionOf(string text) => text.Length == 0 ? double.NaN : _texts.TryGetValue(text, out var known) ? known : _texts[text] = _texts.Count;

    private static double Value(ColumnContract column, string text, out string? problem)
    {
        if (text.Length > 0)
        {
            return column.Rule.Parse(text, out problem);
        }

        problem = column.Nullable ? null : "Missing value";
        return double.NaN;
    }

    private string Where(string column) => string.Create(CultureInfo.InvariantCulture, $"{_file}, line {_line}, column {column}");
}
