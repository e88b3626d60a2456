using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Statistics;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>
/// Judges gates together: the more claims, the sooner chance alone breaks one. A candidate that keeps all of them is failed with at most
/// the stated chance (Holm 1979). To pass it must keep each one with its whole interval, which needs no such care: whoever breaks a single
/// one passes no more often than that one lets them (Berger 1982).
/// </summary>
internal static class GateFamily
{
    /// <summary>That chance where a pipeline states none.</summary>
    public const double UsualFalseFailures = 0.05;

    /// <summary>The outcomes; a failure that chance may explain among so many claims is inconclusive.</summary>
    /// <param name="gates">Each judged by itself.</param>
    /// <param name="falseFailures">That chance, in (0, 1), over all deciding gates.</param>
    public static IReadOnlyList<GateOutcome> Judge(IReadOnlyList<JudgedGate> gates, double falseFailures)
    {
        var deciding = gates.Where(gate => gate.Outcome.Blocking).ToList();
        var adjusted = Holm.Adjust([.. deciding.Select(gate => gate.Tail)]);
        return
        [
            .. gates.Select(gate => gate.Outcome is { Verdict: Verdict.Failed, Blocking: true } failed
                && adjusted[deciding.IndexOf(gate)] > falseFailures
                ? failed with
                {
                    Verdict = Verdict.Inconclusive,
                    Evidence = failed.Evidence + Invariant(
                        $"; by itself, but chance does as much among {deciding.Count} gates (p {gate.Tail:0.###}, {falseFailures:0.###} for all)"),
                }
                : gate.Outcome),
        ];
    }
}
