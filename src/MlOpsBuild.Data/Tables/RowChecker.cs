using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Tables;

/// <summary>Checks the rows of files, one after the other, against their columns' promises.</summary>
internal sealed class RowChecker
{
    private readonly DataContract _contract;
    private readonly ValueIndex?[] _seen;
    private readonly int _day;
    private readonly int _hour;
    private readonly List<RowProblem> _problems = [];

    // Columns in which every value is once, that have one in this row.
    private readonly List<int> _known = [];
    private FieldParser[] _parsers = [];
    private MissingTexts _missing = new(TableFormat.Usual);
    private int[] _positions = [];
    private string _file = "";
    private DateTime _before;

    public RowChecker(DataContract contract)
    {
        _contract = contract;
        _seen = [.. contract.Columns.Select(column => column.Unique ? new ValueIndex(column.Rule.Kind) : null)];
        _day = contract.PositionOf(TimestampPart.Day);
        _hour = contract.PositionOf(TimestampPart.Hour);
        Values = new double[contract.Columns.Count];
    }

    /// <summary>The numbers of the row that was checked; NaN for what is missing or has none.</summary>
    public double[] Values { get; }

    /// <summary>The time of that row, where rows have times.</summary>
    public DateTime? Time { get; private set; }

    /// <summary>Where the cells of each column of the contract lie in the file.</summary>
    public IReadOnlyList<int> Positions => _positions;

    /// <summary>What follows is in order by itself.</summary>
    public void BeginPart() => _before = DateTime.MinValue;

    /// <summary>What follows are rows of this file.</summary>
    public void BeginFile(string name, TableFormat format, int[] positions)
    {
        (_file, _positions) = (name, positions);
        _parsers = [.. _contract.Columns.Select(column => new FieldParser(column.Rule, format.DecimalComma))];
        _missing = new(format);
    }

    /// <summary>Whether a cell holds no value.</summary>
    public bool IsMissing(ReadOnlySpan<byte> cell) => _missing.Contain(cell);

    /// <summary>Everything that is wrong with a row; nothing where it keeps its promises.</summary>
    public IReadOnlyList<RowProblem> Check(IRowCursor row)
    {
        _problems.Clear();
        _known.Clear();
        Time = null;
        if (row.Problem is { } broken)
        {
            _problems.Add(new(null, broken));
            return _problems;
        }

        for (var i = 0; i < Values.Length; i++)
        {
            Values[i] = Value(i, row);
        }

        CheckUnique(row);
        CheckTime(row);
        Remember(row);
        return _problems;
    }

    private double Value(int index, IRowCursor row)
    {
        var column = _contract.Columns[index];
        var cell = row.Cell(_positions[index]);
        var missing = IsMissing(cell);
        string? problem = null;
        var value = missing ? double.NaN : _parsers[index].Parse(cell, out problem);
        if (missing && !column.Nullable)
        {
            Add(column, row, MissingTexts.Problem, cell, column.Rule.Describe(), null);
        }
        else if (problem != null)
        {
            Add(column, row, problem, cell, column.Rule.Describe(), CellHint.For(column, cell));
        }
        else if (!missing && _seen[index] != null)
        {
            _known.Add(index);
        }

        return value;
    }

    private void CheckUnique(IRowCursor row)
    {
        foreach (var index in IsLeftOut ? [] : _known)
        {
            var cell = row.Cell(_positions[index]);
            if (_seen[index]!.FirstOf(Values[index], cell) is { } first)
            {
                Add(_contract.Columns[index], row, "Repeated value", cell, $"every value once; it is also in {first}", null);
            }
        }
    }

    // A row that is left out is nobody's first.
    private void Remember(IRowCursor row)
    {
        foreach (var index in IsLeftOut ? [] : _known)
        {
            _seen[index]!.Add(Values[index], row.Cell(_positions[index]), Place(row));
        }
    }

    private bool IsLeftOut => _contract.Quarantine > 0 && _problems.Count > 0;

    private void CheckTime(IRowCursor row)
    {
        if (_day < 0 || double.IsNaN(Values[_day]) || (_hour >= 0 && double.IsNaN(Values[_hour])))
        {
            return;
        }

        var hour = _hour >= 0 ? Values[_hour] : 0;
        if (hour is < 0 or > 23)
        {
            Add(
                _contract.Columns[_hour], row, "Not an hour", Encoding.UTF8.GetBytes(hour.ToString(CultureInfo.InvariantCulture)),
                "0 to 23", null);
            return;
        }

        var day = Days.ToTime(Values[_day]);
        var time = day > DateTime.MaxValue.AddHours(-hour) ? DateTime.MaxValue : day.AddHours(hour);
        if (time < _before && !Repeats(time))
        {
            var shown = Encoding.UTF8.GetBytes(time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            Add(
                _contract.Columns[_day], row, "Time out of order", shown, $"not before {_before:yyyy-MM-dd HH:mm}",
                "sort the rows by time");
        }

        // One row too late is one finding; where it is left out, the others have to follow those that stay.
        _before = _contract.Quarantine > 0 && _problems.Count > 0 ? _before : time;

        Time = time;
    }

    // Clocks that are put back show an hour twice.
    private bool Repeats(DateTime time) => _contract.Columns[_day].Rule.Zone is { } zone
        && _before - time <= TimeSpan.FromHours(1)
        && TimeZoneInfo.FindSystemTimeZoneById(zone).IsAmbiguousTime(time);

    private void Add(ColumnContract column, IRowCursor row, string problem, ReadOnlySpan<byte> cell, string expected, string? fix) =>
        _problems.Add(new(column.Name, new(
            "MLB1068", problem, $"{Place(row)}, column {column.Name}", column.PersonalData ? "***" : CellHint.Shown(cell), expected,
            fix ?? "correct the row, or change the contract if the data is right")));

    private string Place(IRowCursor row) => string.Create(CultureInfo.InvariantCulture, $"{_file}, {row.Unit} {row.Number}");
}
