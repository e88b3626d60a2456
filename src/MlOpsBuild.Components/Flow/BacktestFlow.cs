using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Backtesting;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Reporting.Backtesting;

namespace MlOpsBuild.Components.Flow;

/// <summary>Validated data → models at several cuts → table, picture and figures of how windows compare.</summary>
internal static class BacktestFlow
{
    private const int UsualCuts = 4;

    public static async Task BacktestAsync(
        RunSession session, IReadOnlyList<PipelineRun> runs, int? cuts, int? horizon, IReadOnlyList<string> windows,
        CancellationToken cancellationToken)
    {
        var chosen = Read(cuts, horizon, windows);
        var timed = runs.Where(run => run.Specification.HoldOut is LastDays).ToList();
        foreach (var run in runs.Except(timed))
        {
            session.Output.Line(
                $"{run.Specification.Name} is not tested back: it holds out {run.Specification.HoldOut.Describe()}, and no last days");
        }

        if (timed.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB7020", "Only rows in order of time are tested back", "Backtest",
                string.Join(", ", runs.Select(run => run.Specification.Name)), "a pipeline with .HoldOut(last: …)",
                "pick another one with --pipeline"));
        }

        foreach (var run in timed)
        {
            var snapshot = run.Results.Take<IngestedData>().Snapshot;
            var result = (await run.RunAsync(new BacktestStage(), new BacktestInput(
                snapshot, run.Specification, cuts ?? UsualCuts, horizon, chosen) { Root = session.Root }, cancellationToken)).Result;
            var report = new BacktestReport(run.Specification.Name, result, run.Record.Simulated);
            var folder = Path.Combine(session.Store.Folder, "reports", run.Record.Id);
            session.Output.Table(report.Summary.Headers, report.Summary.Rows);
            ChartLines.Write(session.Output, report.Chart);
            session.Output.Line(report.Answer);
            await report.WriteAsync(folder, cancellationToken);
            session.Output.Line($"back-test: {Path.GetRelativePath(session.Root, folder)}/backtest.html, backtest.json");
            session.Note($"best window {result.Best}");
        }
    }

    private static IReadOnlyList<TrainingWindow> Read(int? cuts, int? horizon, IReadOnlyList<string> windows)
    {
        var findings = new List<Finding>();
        foreach (var (name, value) in new[] { ("--cuts", cuts), ("--horizon", horizon) }.Where(option => option.Item2 < 1))
        {
            findings.Add(new(
                "MLB7021", "Not a value of this option", name, value?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "1 or more", "correct the value"));
        }

        var chosen = windows.Select(TrainingWindow.Parse).ToList();
        findings.AddRange(windows.Zip(chosen).Where(pair => pair.Second == null).Select(pair => new Finding(
            "MLB7022", "Not a training window", "--windows", pair.First, "all, last:DAYS or weighted:DAYS (its half-life)",
            "correct the value")));
        return findings.Count == 0
            ? [.. chosen.OfType<TrainingWindow>().Distinct()]
            : throw new UsageException("The back-test cannot be run like this", findings);
    }
}
