using System.Globalization;
using MlOpsBuild.Store.Baselines;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Model;

/// <summary>What a report says of the commit a change starts from.</summary>
internal static class MergeBaseText
{
    private const int ShownCommit = 12;

    /// <summary>Which commit and run that is, or why there is none; null when no change is looked at.</summary>
    public static string? Of(ChangeBaseline baseline, RunRecord reported)
    {
        var branch = baseline.Branch is { } name ? $" of {name}" : "";
        var last = baseline.LastOnBranch is { Metrics: [var metric, ..] } run
            ? string.Create(CultureInfo.InvariantCulture, $" Last on {baseline.Branch}: {metric.Name} {ReportText.Number(metric.Value)} (run {run.Id}{(run.Data == reported.Data ? "" : ", on other data")}).")
            : "";
        return baseline switch
        {
            { Missing: { } missing } => $"Merge base{branch}: {missing}.{last}",
            { Run: { } tested, Commit: { } commit } =>
                $"Merge base{branch}: {commit[..Math.Min(ShownCommit, commit.Length)]}, run {tested.Id}, on the same data.{Figures(tested, reported)}{last}",
            _ when last.Length > 0 => last.TrimStart(),
            _ => null,
        };
    }

    private static string Figures(RunRecord tested, RunRecord reported) =>
        reported.Metrics is [var here, ..] && tested.Metrics.FirstOrDefault(metric => metric.Name == here.Name) is { } there
            ? $" {here.Name} {ReportText.Number(there.Value)} there, {ReportText.Signed(here.Value - there.Value)} here."
            : "";
}
