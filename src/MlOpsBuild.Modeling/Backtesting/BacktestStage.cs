using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Modeling.Backtesting;

/// <summary>Trains at several cuts on several windows of what was known then, and compares the windows on the days after.</summary>
public sealed class BacktestStage : Stage<BacktestInput, BacktestResult>
{
    private const double Confidence = 0.95;

    /// <inheritdoc />
    public override string Name => "backtest";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(BacktestInput input) =>
    [
        .. new TrainStage().Key(new(input.Snapshot, input.Pipeline) { Root = input.Root }),
        new("gates", string.Join(',', input.Pipeline.Gates.Select(gate => gate.Metric.Name))),
        new("cuts", input.Cuts.ToString(CultureInfo.InvariantCulture)),
        new("horizon", input.Horizon?.ToString(CultureInfo.InvariantCulture) ?? "as held out"),
        new("windows", string.Join(',', input.Windows.Select(window => window.Describe()))),
    ];

    /// <inheritdoc />
    public override IReadOnlyList<string> Variables(BacktestInput input) => input.Pipeline.Variables;

    /// <inheritdoc />
    public override async Task<BacktestResult> RunAsync(
        BacktestInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var pipeline = input.Pipeline;
        if (pipeline.HoldOut is not LastDays { Days: var heldOut })
        {
            throw new UsageException(new Finding(
                "MLB2001", "Only rows in order of time are tested back", $"pipeline {pipeline.Name}", pipeline.HoldOut.Describe(),
                ".HoldOut(last: …) of rows with times", "pick another pipeline with --pipeline"));
        }

        var table = await input.Snapshot.ReadValidatedAsync(pipeline.Contract, cancellationToken);
        var known = pipeline.HoldOut.Split(table, pipeline.Seed).Training;
        if (known.Count < TrainStage.MinimumRows)
        {
            throw new StageFailedException(
                "Not enough data for this back-test",
                [new(
                    "MLB2002", "Too few rows", "Backtest", $"{known.Count} before the hold-out", $"at least {TrainStage.MinimumRows}",
                    "add data")],
                Verdict.Inconclusive);
        }

        var horizon = input.Horizon ?? heldOut;
        var splits = RollingOrigin.Splits(table, known, input.Cuts, horizon);
        IReadOnlyList<TrainingWindow> windows = input.Windows.Count > 0
            ? input.Windows
            : Usual(table, splits[0].Training, pipeline.Trainer);
        Require(windows, pipeline.Trainer);
        var results = new List<BacktestWindow>();
        PredictionSet? reference = null;
        foreach (var window in windows)
        {
            var runs = splits
                .Select((split, cut) => Run(
                    input, table, split, window, $"cut {cut + 1} of {splits.Count}, {window.Describe()}", progress, cancellationToken))
                .ToList();
            var together = SplitFit.Together([.. runs.Select(run => run.Predictions)]);
            reference ??= together;
            var metric = pipeline.Gates[0].Metric;
            results.Add(new(
                window.Describe(), [.. runs.Select(run => run.Rows)], [.. runs.Select(run => metric.ValueOf(run.Predictions))],
                MetricTable.WithIntervals(together, pipeline.Gates.Select(gate => gate.Metric), Confidence, pipeline.Seed),
                together == reference ? null : PairedBlockBootstrap.Difference(metric, together, reference, Confidence, pipeline.Seed)));
        }

        return new(
            pipeline.Trainer.Describe(), horizon,
            [.. splits.Select(split => new BacktestCut(
                DayOf(table, split.HeldOut[0]), DayOf(table, split.HeldOut[^1]), split.HeldOut.Count))],
            results);
    }

    private static DateOnly DayOf(DataTable table, int row) => DateOnly.FromDateTime(table.Times[row]);

    // All, the newer half of the days before the first cut, and a half-life of a quarter of them.
    private static List<TrainingWindow> Usual(DataTable table, IReadOnlyList<int> first, TrainerSpec trainer)
    {
        var days = first.Count == 0 ? 0 : (int)(table.Times[first[^1]].Date - table.Times[first[0]].Date).TotalDays + 1;
        return
        [
            TrainingWindow.All, TrainingWindow.Last(Math.Max(1, days / 2)),
            .. trainer.TakesWeights ? [TrainingWindow.Weighted(Math.Max(1, days / 4))] : Array.Empty<TrainingWindow>()
        ];
    }

    private static void Require(IReadOnlyList<TrainingWindow> windows, TrainerSpec trainer)
    {
        if (!trainer.TakesWeights && windows.FirstOrDefault(window => window.HalfLife != null) is { } weighted)
        {
            throw new UsageException(
                new Finding("MLB2003", "The trainer takes no weights", "--windows", weighted.Describe(), "all or last:DAYS", "remove it"));
        }
    }

    private static (int Rows, PredictionSet Predictions) Run(
        BacktestInput input, DataTable table, Split split, TrainingWindow window, string where, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pipeline = input.Pipeline with { Window = window };
        var (rows, set) = new SplitFit(input.Snapshot, pipeline, input.Root).Run(table, split, window.Describe(), where, cancellationToken);
        progress.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"{where}: trained on {rows:N0} rows, {pipeline.Gates[0].Metric.Name} {pipeline.Gates[0].Metric.Of(set):0.###}"));
        return (rows, set);
    }
}
