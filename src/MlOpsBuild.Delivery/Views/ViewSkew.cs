using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Views;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Modeling.Statistics;
using MlOpsBuild.Scoring.Protocol;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Views;

/// <summary>
/// Compares what a gateway looked up with what the join of training finds now for the same key and moment: values that came later, or
/// that nobody materialized in time, are other ones. Moments after all that the rows know of are not judged.
/// </summary>
/// <param name="view">What the version takes of the view.</param>
/// <param name="contract">The version's contract.</param>
/// <param name="rows">The view's rows as they are now.</param>
/// <param name="tolerated">The share of values, 0 to 1, that may be other ones.</param>
public sealed class ViewSkew(JoinedView view, DataContract contract, ViewRows rows, double tolerated)
{
    private const double Trust = 0.05;
    private readonly int[] _compared = new int[view.Columns.Count];
    private readonly int[] _unequal = new int[view.Columns.Count];
    private readonly HashSet<string> _personal = [.. contract.Personal];
    private readonly List<FieldParser> _parsers = [.. view.Keys.Select(rule => new FieldParser(rule))];
    private int _later;
    private int _hidden;

    /// <summary>Takes a line of the log.</summary>
    public void Add(LogEntry entry)
    {
        if (entry is not { LookedUp: { } lookup, Features: { } features } || !lookup.Views.ContainsKey(view.Name))
        {
            return;
        }

        if (!(lookup.At.UtcTicks <= rows.Index.Horizon))
        {
            _later++;
        }
        else if (view.Keys.Any(rule => _personal.Contains(rule.Name)))
        {
            _hidden++;
        }
        else
        {
            Compare(features, lookup, rows.Find(KeyOf(features), lookup.At.UtcTicks, out _));
        }
    }

    /// <summary>What the lines say together.</summary>
    public MonitorAspect Judge()
    {
        var columns = view.Columns.Index().Where(column => _compared[column.Index] > 0).ToList();
        var notes = string.Concat(
            _later > 0 ? Invariant($"; {_later:N0} rows are later than all that its rows know of") : "",
            _hidden > 0 ? Invariant($"; {_hidden:N0} rows have keys of personal data, which no log keeps") : "");
        if (columns.Count == 0)
        {
            return Aspect(Verdict.Inconclusive, "no row that was looked up can be compared" + notes);
        }

        // Each column is judged at a part of the whole error, so that many columns make no more false alarms than one.
        var judged = columns.Select(column => (
            column.Item.Name, Unequal: _unequal[column.Index], Compared: _compared[column.Index],
            Lower: RateBound.Lower(_unequal[column.Index], _compared[column.Index], Trust / columns.Count),
            Upper: RateBound.Upper(_unequal[column.Index], _compared[column.Index], Trust / columns.Count))).ToList();
        return Aspect(
            judged.Exists(column => column.Lower > tolerated) ? Verdict.Failed
                : judged.TrueForAll(column => column.Upper <= tolerated) ? Verdict.Passed : Verdict.Inconclusive,
            string.Join(", ", judged.OrderByDescending(column => column.Lower).Take(3).Select(column => Invariant(
                $"{column.Name} was another value in {column.Unequal:N0} of {column.Compared:N0} rows (between {column.Lower:0.##%} and {column.Upper:0.##%})")))
            + Invariant($", tolerated {tolerated:0.##%}") + notes);
    }

    private MonitorAspect Aspect(Verdict verdict, string evidence) => new($"feature view {view.Name}, skew", verdict, evidence);

    private void Compare(JsonObject features, LookedUp lookup, int? row)
    {
        foreach (var (index, column) in view.Columns.Index())
        {
            // What the request brought is its own affair, and what is personal is in no log.
            if (lookup.Columns.Contains(column.Name) && features.TryGetPropertyValue(column.Name, out var logged)
                && !_personal.Contains(column.Name))
            {
                _compared[index]++;
                _unequal[index] += AreEqual(logged, row is { } found ? rows.Json(found, column.From) : "null") ? 0 : 1;
            }
        }
    }

    private string? KeyOf(JsonObject features) => EntityKey.Of([.. view.Keys.Index().Select(key =>
    {
        var (index, rule) = key;
        var node = features.TryGetPropertyValue(rule.Name, out var logged) ? logged : null;
        var text = node == null ? null : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
        return text == null || rule.Kind == FieldKind.Text ? text : FieldWriter.Text(rule, _parsers[index].Parse(text, out _), null);
    })]);

    private static bool AreEqual(JsonNode? logged, string expected)
    {
        using var wanted = JsonDocument.Parse(expected);
        using var found = JsonDocument.Parse(logged?.ToJsonString() ?? "null");
        var (one, other) = (wanted.RootElement, found.RootElement);
        return (one.ValueKind, other.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => one.GetDouble() == other.GetDouble(),
            (JsonValueKind.String, JsonValueKind.String) => one.GetString() == other.GetString(),
            _ => one.ValueKind == other.ValueKind,
        };
    }
}
