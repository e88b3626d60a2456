using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Baselines;

namespace MlOpsBuild.Reporting.Model;

/// <summary>What a report says of the commit a change starts from.</summary>
internal static class MergeBaseText
{
    private const int ShownCommit = 12;

    /// <summary>The metric there, and the candidate's difference to it; null when no run of it is known.</summary>
    public static string? Of(GateOutcome gate, ChangeBaseline baseline)
    {
        if (baseline.Run is not { } run)
        {
            return null;
        }

        if (run.Metrics.FirstOrDefault(metric => metric.Name == gate.Metric) is not { } there)
        {
            return "–";
        }

        return $"{ReportComposer.Number(there.Value)} ({ReportComposer.Signed(gate.Candidate - there.Value)})";
    }

    /// <summary>Which commit and run that is, or why there is none; null when no change is looked at.</summary>
    public static string? Of(ChangeBaseline baseline)
    {
        var branch = baseline.Branch is { } name ? $" of {name}" : "";
        var last = baseline.LastOnBranch is { Metrics: [var metric, ..] } run
            ? string.Create(CultureInfo.InvariantCulture, $" Last on {baseline.Branch}: {metric.Name} {ReportComposer.Number(metric.Value)} (run {run.Id}).")
            : "";
        return baseline switch
        {
            { Missing: { } missing } => $"Merge base{branch}: {missing}.{last}",
            { Run: { } tested, Commit: { } commit } => $"Merge base{branch}: {commit[..Math.Min(ShownCommit, commit.Length)]}, run {tested.Id}, on the same data.{last}",
            _ when last.Length > 0 => last.TrimStart(),
            _ => null,
        };
    }
}
