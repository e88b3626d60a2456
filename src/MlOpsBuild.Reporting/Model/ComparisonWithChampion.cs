using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Model;

/// <summary>Whether a candidate is better than what serves, in a word and in a sentence.</summary>
/// <param name="Effect">The word: of several metrics the worst.</param>
/// <param name="Text">The sentence, with the metric that decides it.</param>
internal sealed record ComparisonWithChampion(ChangeEffect Effect, string Text)
{
    private const string Champion = "champion";

    public static ComparisonWithChampion Of(IReadOnlyList<ReportGate> gates, int? champion)
    {
        if (champion is not { } version)
        {
            return new(ChangeEffect.NotCompared, "Nothing serves yet to compare with.");
        }

        var compared = gates.Where(gate => gate.ReferenceName == Champion)
            .Select(gate => (Gate: gate, Effect: EffectOf(gate)))
            .OrderByDescending(pair => pair.Effect)
            .ToList();
        return compared is [var (gate, effect), ..]
            ? new(effect, $"{Words(effect, gate, version)}: {Figures(gate)}.")
            : new(ChangeEffect.NotCompared, $"No gate compares it with champion v{version}.");
    }

    private static ChangeEffect EffectOf(ReportGate gate)
    {
        if (gate.Difference is not { } difference)
        {
            return ChangeEffect.CannotTell;
        }

        var (best, worst) = gate.Direction == Direction.HigherIsBetter
            ? (-difference.Upper, -difference.Lower)
            : (difference.Lower, difference.Upper);
        return best > 0 ? ChangeEffect.Worse
            : worst < 0 ? ChangeEffect.Better
            : gate.Verdict == Verdict.Passed ? ChangeEffect.Same
            : ChangeEffect.CannotTell;
    }

    private static string Words(ChangeEffect effect, ReportGate gate, int champion) => effect switch
    {
        ChangeEffect.Better => $"Better than champion v{champion}",
        ChangeEffect.Same => $"The same as champion v{champion}, within the margin",
        ChangeEffect.Worse => $"Worse than champion v{champion}{(gate.Verdict == Verdict.Passed ? ", though within the margin" : "")}",
        _ => $"Cannot tell whether it is better or worse than champion v{champion}",
    };

    private static string Figures(ReportGate gate) => gate is { Difference: { } difference, Reference: { } reference }
        ? $"{gate.Metric} {ReportText.Number(gate.Candidate)} against {ReportText.Number(reference)}, {ReportText.Signed(gate.Candidate - reference)} {ReportText.Of(difference)}"
        : gate.Evidence;
}
