using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>Counts rows that hold a claim and rows that do not, and shows some of the latter.</summary>
/// <param name="claim">The claim.</param>
/// <param name="atLeast">The share of rows in (0, 1] that must hold it.</param>
/// <param name="hidden">Columns whose values are not shown.</param>
internal sealed class BehaviourOutcome(string claim, double atLeast, IReadOnlyCollection<string> hidden)
{
    private const int MostShown = 3;
    private const int LongestRow = 160;
    private readonly List<string> _shown = [];
    private int _judged;
    private int _failed;

    /// <summary>A row that was judged.</summary>
    /// <param name="row">The row.</param>
    /// <param name="holds">Whether it holds the claim.</param>
    /// <param name="what">What was predicted, in words.</param>
    public void Add(LabelledRow row, bool holds, string what)
    {
        _judged++;
        if (!holds && ++_failed <= MostShown)
        {
            var text = new JsonObject(row.Features.Where(feature => !hidden.Contains(feature.Key))
                .Select(feature => KeyValuePair.Create(feature.Key, feature.Value?.DeepClone()))).ToJsonString();
            _shown.Add($"{(text.Length > LongestRow ? text[..LongestRow] + "…" : text)} → {what}");
        }
    }

    /// <summary>The verdict: a claim that no row is about is not shown to hold.</summary>
    public CheckOutcome Of() => _judged == 0
        ? new(claim, Verdict.Inconclusive, "no held-out row is about it")
        : new(
            claim, _judged - _failed >= atLeast * _judged ? Verdict.Passed : Verdict.Failed,
            Invariant($"{_judged - _failed:N0} of {_judged:N0} rows hold it")
            + (atLeast < 1 ? Invariant($", {atLeast:0.##%} must") : "")
            + (_shown.Count == 0 ? "" : $"; not: {string.Join("; ", _shown)}"));

    /// <summary>A prediction in words.</summary>
    public static string Text(Prediction prediction) => Invariant($"{prediction.Value:0.####}");
}
