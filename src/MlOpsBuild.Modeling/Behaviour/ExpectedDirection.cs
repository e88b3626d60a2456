using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>Direction: where a column grows, what is predicted does not fall (or does not rise).</summary>
/// <param name="column">The column.</param>
/// <param name="sign">1 where predictions rise with it, −1 where they fall.</param>
/// <param name="by">How much is added to the row's own value.</param>
/// <param name="within">Values that it holds for.</param>
/// <param name="tolerance">How far a prediction may go the other way, in the target's unit or as a probability.</param>
/// <param name="atLeast">The share of rows that must hold it.</param>
internal sealed class ExpectedDirection(
    string column, int sign, double by, (double From, double To) within, double tolerance, double atLeast)
    : BehaviourTest(
        Invariant($"{(sign > 0 ? "rises" : "falls")} with {column} from {within.From:0.####} to {within.To:0.####}"),
        Invariant($"direction {column} {sign} {by} {within.From} {within.To} {tolerance} {atLeast}"))
{
    internal override CheckOutcome Judge(BehaviourRows rows)
    {
        var outcome = new BehaviourOutcome(Name, atLeast, rows.Hidden);
        foreach (var row in rows.Sample)
        {
            if (BehaviourRows.NumberOf(row.Features[column]) is { } value && value >= within.From && value + by <= within.To
                && rows.With(row, column, JsonValue.Create(value + by)) is { } said)
            {
                outcome.Add(
                    row, sign * (said.Value - row.Prediction.Value) >= -tolerance,
                    Invariant($"{BehaviourOutcome.Text(row.Prediction)}, at {(rows.Hidden.Contains(column) ? "more" : Invariant($"{value + by:0.####}"))} {BehaviourOutcome.Text(said)}"));
            }
        }

        return outcome.Of();
    }
}
