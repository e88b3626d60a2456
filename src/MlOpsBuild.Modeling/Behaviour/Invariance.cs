using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>Invariance: what is predicted does not depend on a column.</summary>
/// <param name="column">The column.</param>
/// <param name="values">Values that are put in the place of the row's own.</param>
/// <param name="tolerance">How far predictions may be apart, in the target's unit or as a probability.</param>
/// <param name="atLeast">The share of rows that must hold it.</param>
internal sealed class Invariance(string column, IReadOnlyList<JsonNode> values, double tolerance, double atLeast)
    : BehaviourTest(
        $"the same whatever {column} is",
        Invariant($"invariant {column} {tolerance} {atLeast} {string.Join(' ', values.Select(value => value.ToJsonString()))}"))
{
    internal override CheckOutcome Judge(BehaviourRows rows)
    {
        if (!rows.Reads(column))
        {
            return new(Name, Verdict.Passed, "the model does not read it");
        }

        var outcome = new BehaviourOutcome(Name, atLeast, rows.Hidden);
        foreach (var row in rows.Sample)
        {
            var others = values.Select(value => (Value: value, Said: rows.With(row, column, value)))
                .Where(other => other.Said != null)
                .ToList();
            if (others.Count > 0)
            {
                var (value, said) = others.MaxBy(other => other.Said!.Value.DistanceTo(row.Prediction));
                outcome.Add(
                    row, said!.Value.DistanceTo(row.Prediction) <= tolerance,
                    $"{BehaviourOutcome.Text(row.Prediction)}, with {value.ToJsonString()} {BehaviourOutcome.Text(said.Value)}");
            }
        }

        return outcome.Of();
    }
}
