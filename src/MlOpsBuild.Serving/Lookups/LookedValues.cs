using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Online;

namespace MlOpsBuild.Serving.Lookups;

/// <summary>What the rows of a request find in one feature view.</summary>
internal sealed class LookedValues
{
    private const string Missing = "null";
    private readonly RequestRows _rows;
    private readonly string?[] _keys;
    private readonly OnlineValue?[] _values;
    private IReadOnlyList<int> _columns = [];

    public LookedValues(JoinedView view, IReadOnlyList<FieldParser> parsers, RequestRows rows)
    {
        (View, _rows, _values) = (view, rows, new OnlineValue?[rows.Count]);
        Outcomes = new LookupOutcome?[rows.Count];
        _keys = new string?[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            if (view.Columns.Any(column => !rows.Brings(row, column.Name)))
            {
                (_keys[row], Outcomes[row]) = (rows.KeyOf(row, view, parsers), LookupOutcome.Unknown);
            }
        }

        Keys = [.. _keys.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The view.</summary>
    public JoinedView View { get; }

    /// <summary>The keys that have to be asked for.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>What became of each row; null for one that brings all columns itself.</summary>
    public LookupOutcome?[] Outcomes { get; }

    /// <summary>Takes what the store has.</summary>
    /// <exception cref="StageFailedException">It has nothing of the view, or not these columns.</exception>
    public void Take(OnlineAnswer answer, long moment)
    {
        var written = answer.State?.Columns.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        if (written == null || !View.Columns.All(column => written.ContainsKey(column.From)))
        {
            throw new StageFailedException(new Finding(
                "MLB5119", "The online store has no values of a feature view", View.Name,
                written == null ? "nothing" : string.Join(", ", written.Keys),
                string.Join(", ", View.Columns.Select(column => column.From)), "./build.sh Materialize"));
        }

        _columns = [.. View.Columns.Select(column => written[column.From])];
        var found = Keys.Zip(answer.Values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        for (var row = 0; row < _keys.Length; row++)
        {
            if (_keys[row] is { } key && found[key] is { } value)
            {
                Outcomes[row] = PointInTime.Judge(value.Time, moment, View.MaxAge);
                _values[row] = Outcomes[row] == LookupOutcome.Found ? value : null;
            }
        }
    }

    /// <summary>The columns that a row does not bring, with their values as JSON.</summary>
    public IEnumerable<(string Column, string Json)> Of(int row) => Outcomes[row] == null ? [] : View.Columns.Index()
        .Where(column => !_rows.Brings(row, column.Item.Name))
        .Select(column => (column.Item.Name, _values[row] is { } value ? value.Values[_columns[column.Index]] : Missing));
}
