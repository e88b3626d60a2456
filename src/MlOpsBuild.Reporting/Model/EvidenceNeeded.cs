using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Model;

/// <summary>What would decide gates that stayed open.</summary>
internal static class EvidenceNeeded
{
    // More than this is as good as never.
    private const double MostTimes = 100;

    /// <summary>One sentence for each open gate; null when none is open.</summary>
    /// <param name="gates">The gates.</param>
    /// <param name="rows">Hold-out rows now.</param>
    public static string? Of(IReadOnlyList<GateOutcome> gates, int rows)
    {
        var open = gates.Where(gate => gate is { Blocking: true, Verdict: Verdict.Inconclusive })
            .Select(gate => Sentence(gate, rows))
            .Distinct()
            .ToList();
        return open.Count > 0 ? string.Join("; ", open) : null;
    }

    // An interval shrinks with the root of the rows, as long as they are like those there are.
    private static string Sentence(GateOutcome gate, int rows)
    {
        if (gate.Judged is not var (value, interval, limit, goodBelow))
        {
            return $"{gate.Gate}: {gate.Evidence}";
        }

        var (reach, distance) = value <= limit ? (interval.Upper - value, limit - value) : (value - interval.Lower, value - limit);
        var times = distance > 0 ? reach / distance * (reach / distance) : double.PositiveInfinity;
        return times > MostTimes
            ? $"{gate.Gate}: the estimate is as good as on the limit, and no realistic number of rows decides it; move the limit, or change the model"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{gate.Gate}: about {times:0.0} times as many hold-out rows ({Math.Ceiling(times * rows):N0} instead of {rows:N0}) would {(value <= limit == goodBelow ? "pass" : "fail")} it, if they are like these");
    }
}
