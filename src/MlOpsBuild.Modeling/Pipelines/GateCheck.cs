using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Gates;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What is wrong with gates on slices and groups, and with what all gates promise together.</summary>
internal sealed class GateCheck(string pipeline, LearningTask task)
{
    public IEnumerable<Finding> Of(
        IReadOnlyList<GateSpec> gates, IReadOnlyList<SliceGate> slices,
        IReadOnlyList<(string Column, double? AtMost, double? AtLeast)> bounds, IReadOnlyList<FairnessSpec> fairness, double falseFailures)
    {
        foreach (var (column, atMost, atLeast) in bounds)
        {
            if (atMost != null && atLeast != null)
            {
                yield return Wrong($".Slice(x => x.{column}, …)", "worstAtMost and worstAtLeast", "one of them");
            }
            else if (gates is [{ Metric: var metric }, ..]
                && ((atMost != null && metric.Direction == Direction.HigherIsBetter)
                    || (atLeast != null && metric.Direction == Direction.LowerIsBetter)))
            {
                yield return Wrong(
                    $".Slice(x => x.{column}, …)", atMost != null ? "worstAtMost" : "worstAtLeast",
                    $"{(atMost != null ? "worstAtLeast" : "worstAtMost")}: {metric.Name} is better the {(atMost != null ? "larger" : "smaller")} it is");
            }
        }

        foreach (var slice in slices.Where(slice => slice is { ChampionMargin: < 0 } or { MinimumRows: < 1 }))
        {
            yield return Wrong(
                $".Slice(x => x.{slice.Column}, …)", Invariant($"championMargin {slice.ChampionMargin}, minimumRows {slice.MinimumRows}"),
                "a margin of 0 or more, 1 row or more");
        }

        if (falseFailures is not (> 0 and < 0.5))
        {
            yield return Wrong(".FalseFailures(…)", Invariant($"{falseFailures}"), "a chance above 0 and below 0.5, for example 0.05");
        }

        if (task != LearningTask.Binary)
        {
            foreach (var group in fairness)
            {
                yield return Wrong($".Fairness(x => x.{group.Column})", task.ToString(), "a model of two classes");
            }
        }
    }

    private Finding Wrong(string where, string value, string expected) => new(
        "MLB2052", "No gate can be judged so", $"pipeline {pipeline}, {where}", value, expected, "correct the definition");
}
