using System.Text;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Views;

namespace MlOpsBuild.Data.Stages;

/// <summary>Finds, row by row, what feature views had at the row's moment.</summary>
internal sealed class RowJoiner
{
    private readonly List<(ViewJoin Join, ViewRows Rows)> _views;
    private readonly FieldRule _day;
    private readonly FieldRule? _hour;
    private readonly ClockMoment _clock;
    private readonly JoinTally[] _tallies;
    private readonly List<FieldRule> _rules;
    private Dictionary<string, (int Position, FieldParser Parser)> _cells = [];
    private MissingTexts _missing = new(TableFormat.Usual);
    private bool _decimalComma;

    public RowJoiner(DataContract contract, List<(ViewJoin Join, ViewRows Rows)> views)
    {
        _views = views;
        _day = contract.Columns[contract.PositionOf(TimestampPart.Day)].Rule;
        _hour = contract.PositionOf(TimestampPart.Hour) is >= 0 and var hour ? contract.Columns[hour].Rule : null;
        _clock = new(_day);
        _tallies = [.. views.Select(view => new JoinTally(view.Join.View.Name, 0, 0, 0))];
        _rules =
        [
            .. views.SelectMany(view => view.Join.Taken.Keys).Append(_day).Concat(_hour == null ? [] : [_hour])
                .DistinctBy(rule => rule.Name),
        ];
    }

    /// <summary>Names of the columns that the join reads.</summary>
    public IReadOnlyList<string> Needed => [.. _rules.Select(rule => rule.Name)];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<JoinTally> Tallies => _tallies;

    /// <summary>What follows are rows of a file with these columns; false where one that is needed is not among them.</summary>
    public bool BeginFile(TableFormat format, IReadOnlyList<string> names)
    {
        var places = names.Index().DistinctBy(name => name.Item).ToDictionary(name => name.Item, name => name.Index);
        (_missing, _decimalComma) = (new(format), format.DecimalComma);
        if (!_rules.TrueForAll(rule => places.ContainsKey(rule.Name)))
        {
            return false;
        }

        _cells = _rules.ToDictionary(rule => rule.Name, rule => (places[rule.Name], new FieldParser(rule, format.DecimalComma)));
        return true;
    }

    /// <summary>The joined cells of a row, in the order of the views and their columns; empty where nothing counts.</summary>
    public IReadOnlyList<string> Join(IRowCursor row)
    {
        var moment = row.Problem == null ? MomentOf(row) : null;
        var cells = new List<string>();
        foreach (var (index, (join, rows)) in _views.Index())
        {
            var outcome = LookupOutcome.Unknown;
            var found = moment is { } at ? rows.Find(EntityKey.Of([.. join.Taken.Keys.Select(rule => KeyPart(row, rule))]), at, out outcome)
                : null;
            _tallies[index] = _tallies[index].And(outcome);
            cells.AddRange(join.Taken.Columns.Select(column =>
                found is { } source ? Written(rows.View.Contract[column.From].Rule, rows.Text(source, column.From)) : ""));
        }

        return cells;
    }

    private string Written(FieldRule rule, string? text) => text == null ? ""
        : _decimalComma && rule.Kind == FieldKind.Real ? text.Replace('.', ',')
        : text;

    private long? MomentOf(IRowCursor row)
    {
        var (day, hour) = (Value(row, _day), _hour == null ? 0 : Value(row, _hour));
        return double.IsNaN(day) || hour is not (>= 0 and < 24) || Days.ToTime(day) > DateTime.MaxValue.AddHours(-hour)
            ? null
            : _clock.OfRow(Days.ToTime(day).AddHours(hour));
    }

    private string? KeyPart(IRowCursor row, FieldRule rule)
    {
        var cell = row.Cell(_cells[rule.Name].Position);
        return _missing.Contain(cell) ? null
            : rule.Kind == FieldKind.Text ? Encoding.UTF8.GetString(cell)
            : FieldWriter.Text(rule, Value(row, rule), null);
    }

    private double Value(IRowCursor row, FieldRule rule)
    {
        var (position, parser) = _cells[rule.Name];
        return row.Cell(position) is var cell && _missing.Contain(cell) ? double.NaN : parser.Parse(cell, out _);
    }
}
