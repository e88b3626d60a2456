using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Gates;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Model;

/// <summary>What the gates' verdict is worth: how often chance alone gives another.</summary>
public static class HoldOutClaim
{
    // One tail of a 95 % interval: how often a candidate just beyond a limit passes by luck.
    private const double Luck = 0.025;

    /// <summary>In a sentence or two; null where there is nothing to add to a single gate on a new hold-out.</summary>
    /// <param name="looks">Models that the same held-out rows have judged, this one among them; null where it was not counted.</param>
    /// <param name="evidence">The evidence.</param>
    public static string? Of(int? looks, Evidence evidence)
    {
        var gates = evidence.Gates.Count(gate => gate.Blocking);
        string?[] sentences =
        [
            gates > 1 && evidence.FalseFailures is { } failures
                ? Invariant($"{gates} gates together fail a candidate that keeps all of them with at most {failures:0.#%} (Holm)")
                : null,
            looks > 1
                ? Invariant($"these rows have judged {looks} models: of so many that are just not good enough, one passes by luck with up to {Math.Min(1, looks.Value * Luck):0.#%}; a new hold-out starts anew")
                : null,
        ];
        return sentences.OfType<string>().ToList() is { Count: > 0 } said ? string.Join(". ", said) : null;
    }
}
