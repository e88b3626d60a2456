using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>Robustness: how much worse the model gets when a column is missing, or everything in it is shifted.</summary>
/// <param name="column">The column.</param>
/// <param name="shift">What is added to it; null takes it away.</param>
/// <param name="worseAtMost">By which part of its value the metric may get worse.</param>
internal sealed class StressedColumn(string column, double? shift, double worseAtMost) : BehaviourTest(
    shift is { } by ? Invariant($"stands {column} shifted by {by:0.####}") : $"stands without {column}",
    Invariant($"stress {column} {shift} {worseAtMost}"))
{
    private const double Confidence = 0.95;

    internal override CheckOutcome Judge(BehaviourRows rows)
    {
        if (!rows.Reads(column))
        {
            return new(Name, Verdict.Passed, "the model does not read it");
        }

        var said = rows.All.Select(row => rows.With(row, column, Stressed(row.Features[column]))).ToList();
        int[] judged = [.. Enumerable.Range(0, said.Count).Where(row => said[row] != null)];
        if (judged.Length == 0)
        {
            return new(
                Name, Verdict.Failed,
                shift == null ? "the contract refuses every row without it" : "the contract refuses every row that is shifted so");
        }

        var before = rows.Predictions.Part(judged);
        var after = before with
        {
            Predictor = "stressed",
            Predictions =
            [
                .. judged.Select(row => said[row]!.Value)
                    .SelectMany(one => Enumerable.Range(0, one.Count).Select(place => one[place])),
            ],
        };
        var (then, now, sign) = (
            rows.Metric.Of(before), rows.Metric.Of(after), rows.Metric.Direction == Direction.LowerIsBetter ? 1 : -1);
        var interval = PairedBlockBootstrap.Difference(rows.Metric, after, before, Confidence, rows.Seed);
        var (margin, text) = (
            worseAtMost * Math.Abs(rows.Metric.Judged(then)),
            Invariant($"{rows.Metric.Name} {now:0.####}, {then:0.####} before, on {judged.Length:N0} rows"));
        if (interval == null || !double.IsFinite(margin))
        {
            return new(Name, Verdict.Inconclusive, $"{text}: too few days or rows for an interval");
        }

        // The end of the interval that matters is judged, as gates do.
        var (worst, best) = sign > 0 ? (interval.Upper, interval.Lower) : (-interval.Lower, -interval.Upper);
        return new(
            Name, worst <= margin ? Verdict.Passed : best > margin ? Verdict.Failed : Verdict.Inconclusive,
            text + Invariant($"; worse by {best:0.####} to {worst:0.####}, {margin:0.####} is tolerated"));
    }

    private JsonNode? Stressed(JsonNode? value) => shift is not { } by ? null
        : BehaviourRows.NumberOf(value) is { } number ? JsonValue.Create(number + by)
        : value;
}
