using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Reporting.Charts;

namespace MlOpsBuild.Reporting.Model;

/// <summary>Turns results into a report; decides nothing that was not decided before.</summary>
public static class ReportComposer
{
    private const int ShownStageKey = 12;

    /// <summary>The report on <paramref name="input"/>.</summary>
    public static Report Compose(ReportInput input)
    {
        var verdict = input.Evidence.Verdict;
        return new()
        {
            Pipeline = input.Run.Pipeline,
            Verdict = verdict.ToString(),
            Sign = Sign(verdict),
            Answer = Answer(verdict, input),
            Simulated = input.Run.Simulated,
            Gates = [.. input.Evidence.Gates.Select(gate => Gate(gate, input.Run.Champion) with { MergeBase = MergeBaseText.Of(gate, input.Baseline) })],
            Baseline = MergeBaseText.Of(input.Baseline),
            Metrics = Metrics(input.Evidence),
            Slices = Slices(input.Evidence),
            Deployment = input.Deployment is { } deployment ? $"v{deployment.Version} on {deployment.Environment}: {deployment.Outcome} ({deployment.Reason})" : null,
            Canary = input.Deployment is { Looks: [.., var look] } ? Canary(look) : null,
            Charts = [.. ReportCharts.Of(input)],
            Stages = new(["stage", "result", "time", "key"], [.. input.Run.Stages.Select(stage => (IReadOnlyList<string>)
                [stage.Stage, stage.Restored ? "restored" : $"ran: {stage.Reason}", Text($"{(stage.Restored ? stage.OriginalSeconds : stage.Seconds):0.00} s"), stage.Key.Hex[..ShownStageKey]])]),
            Lineage = Lineage(input),
            Reproduce = Reproduce(input),
        };
    }

    internal static string Number(double value) => double.IsNaN(value) ? "–" : Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "✅",
        Verdict.Failed => "❌",
        Verdict.Inconclusive => "❔",
        _ => "⚠️",
    };

    private static string Answer(Verdict verdict, ReportInput input)
    {
        var deciding = input.Evidence.Gates.Where(gate => gate.Blocking && gate.Verdict == verdict).Select(gate => gate.Gate).ToList();
        return verdict switch
        {
            Verdict.Passed => Text($"All {deciding.Count} gates pass on {(input.Evidence.Metrics is [var first, ..] ? first.Rows : 0):N0} hold-out rows."),
            Verdict.Failed => $"Do not merge: {string.Join("; ", deciding)} failed.",
            Verdict.Inconclusive => $"Not enough evidence: {string.Join("; ", deciding)}.",
            _ => $"Could not be judged: {string.Join("; ", deciding)}.",
        };
    }

    private static ReportGate Gate(GateOutcome gate, int? champion) => new(
        Sign(gate.Verdict),
        gate.Gate,
        Number(gate.Candidate),
        gate.Reference is { } reference ? $"{Number(reference)} ({(gate.ReferenceName == "champion" ? $"champion v{champion}" : gate.ReferenceName)})" : gate.ReferenceName,
        gate.Difference is { } difference ? Text($"{Signed(gate.Candidate - gate.Reference!.Value)} [{Signed(difference.Lower)}, {Signed(difference.Upper)}]") : "",
        gate.Verdict.ToString(),
        gate.Evidence);

    internal static string Signed(double value) => (value > 0 ? "+" : "") + Number(value).Replace("-", "−", StringComparison.Ordinal);

    private static ReportTable Metrics(Evidence evidence)
    {
        var predictors = evidence.Predictors.Keys.OrderBy(name => name == "candidate" ? 0 : name == "champion" ? 1 : 2).ToList();
        return new(
            ["metric", .. predictors],
            [.. evidence.Metrics.Select(metric => (IReadOnlyList<string>)
                [metric.Name, .. predictors.Select(name => Number(evidence.Predictors[name].Single(other => other.Name == metric.Name).Value))])]);
    }

    private static ReportTable Slices(Evidence evidence) => new(
        ["slice", "rows", "metric", "candidate", "champion", "difference"],
        [.. evidence.Slices.Select(slice => (IReadOnlyList<string>)
        [
            Text($"{slice.Column} = {slice.Value}"), Text($"{slice.Rows:N0}"), slice.Metric, Number(slice.Candidate),
            slice.Champion is { } champion ? Number(champion) : "–",
            slice.Difference is { } difference ? Text($"[{Signed(difference.Lower)}, {Signed(difference.Upper)}]") : "",
        ])]);

    private static ReportTable Canary(CanaryLook look) => new(
        ["bad event", "canary", "baseline", "e-value of harm", "upper bound"],
        [.. look.Metrics.Select(metric => (IReadOnlyList<string>)
        [
            metric.Event.ToString(), Text($"{metric.InCanary} of {metric.CanaryRequests:N0}"), Text($"{metric.InBaseline} of {metric.BaselineRequests:N0}"),
            Text($"{Math.Exp(Math.Min(50, metric.LogHarm)):G3}"), Text($"{metric.UpperRate:0.0%}"),
        ])]);

    private static ReportTable Lineage(ReportInput input)
    {
        var run = input.Run;
        List<IReadOnlyList<string>> rows =
        [
            ["run", run.Id],
            ["started", run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)],
            ["commit", run.Source is { } source ? $"{source.Commit[..ShownStageKey]} ({source.Branch ?? "detached"})" : "no git repository"],
            ["data", $"{run.DataSource}, {Text($"{run.Rows:N0}")} rows, {run.Data?.Abbreviated}"],
            ["model", run.Model?.Abbreviated ?? "–"],
            ["bundle", run.Bundle is { } bundle ? $"v{run.Version} {bundle.Abbreviated}" : "not packaged"],
            ["champion", run.Champion is { } champion ? $"v{champion}" : "none"],
            ["parameters", string.Join(", ", run.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))],
            ["seed", run.Seed.ToString(CultureInfo.InvariantCulture)],
        ];
        return new(["what", "value"], rows);
    }

    // One word for a shell, on one line and without the sign that would end a code fence.
    private static string ShellWord(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace("`", "'", StringComparison.Ordinal);
        return line.All(letter => char.IsLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter, StringComparison.Ordinal))
            ? line
            : "'" + line.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }

    private static string Reproduce(ReportInput input)
    {
        var run = input.Run;
        var data = run.Simulated ? "" : $" --data {ShellWord(run.DataSource ?? "")}";
        var set = run.Parameters.Count > 0 ? " --set " + string.Join(' ', run.Parameters.Select(pair => ShellWord($"{pair.Key}={pair.Value}"))) : "";
        return $"./build.sh TestModel Report --pipeline {ShellWord(run.Pipeline)}{data}{set}";
    }
}
