using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>Judges the worst value of a column: a model that is good on average may be useless to some.</summary>
internal sealed class SliceJudge(SliceGate gate, Metric metric, long seed)
{
    public IEnumerable<JudgedGate> Judge(PredictionSet candidate, ChampionPredictions champion)
    {
        if (gate.Bound is { } bound)
        {
            yield return Together(
                candidate, (part, _) => new GateJudge(new() { Metric = metric, Bound = bound }, seed)
                    .Judge(part, null, ChampionPredictions.None));
        }

        if (gate.ChampionMargin is { } margin)
        {
            // Rows that the champion was trained on are not compared, on any slice.
            var compared = champion.Rows is { } rows ? candidate.Part(rows) : candidate;
            yield return Together(
                compared, (part, places) => new GateJudge(new() { Metric = metric, ChampionMargin = margin }, seed)
                    .Judge(part, null, champion with { Predictions = champion.Predictions?.Part(places), Rows = null }));
        }
    }

    private JudgedGate Together(PredictionSet set, Func<PredictionSet, IReadOnlyList<int>, IEnumerable<JudgedGate>> judge)
    {
        var parts = set.Slices[gate.Column].Index().GroupBy(row => row.Item, row => row.Index).OrderBy(part => part.Key).ToList();
        var judged = parts.Where(part => part.Count() >= gate.MinimumRows)
            .Select(part => (Name: $"{gate.Column} = {gate.NameOf(part.Key)}", Rows: part.ToList()))
            .Select(part => (part.Name, part.Rows.Count, Gate: judge(set.Part(part.Rows), part.Rows).Single()))
            .ToList();
        var few = parts.Where(part => part.Count() < gate.MinimumRows)
            .Select(part => Invariant($"{gate.NameOf(part.Key)} ({part.Count()} rows)")).ToList();
        var left = few.Count == 0 ? "" : $"; too few rows to judge: {string.Join(", ", few)}";
        if (judged.Count == 0)
        {
            return new(
                new(
                    $"{metric.Name} for every {gate.Column}", metric.Name, double.NaN, null, "no value", null, Verdict.Inconclusive,
                    $"no value has {gate.MinimumRows} rows{left}"),
                1);
        }

        // The one that decides: of several with the worst verdict the one that is worst.
        var verdict = judged.Select(part => part.Gate.Outcome.Verdict).Worst();
        var (name, count, worst) = judged.Where(part => part.Gate.Outcome.Verdict == verdict).MaxBy(part => Distance(part.Gate.Outcome));
        return new(
            worst.Outcome with
            {
                Gate = $"{worst.Outcome.Gate} for every {gate.Column}",
                Evidence = Invariant($"{name} ({count:N0} rows): {worst.Outcome.Evidence}; the worst of {judged.Count}{left}"),
            },
            worst.Outcome.Verdict == Verdict.Failed && worst.Tail == 0 ? 0
                : Math.Min(1, judged.Count * judged.Min(part => part.Gate.Tail)));
    }

    private static double Distance(GateOutcome outcome) => outcome.Judged is { } judged
        ? judged.GoodBelow ? judged.Interval.Upper - judged.Limit : judged.Limit - judged.Interval.Lower
        : double.NegativeInfinity;
}
