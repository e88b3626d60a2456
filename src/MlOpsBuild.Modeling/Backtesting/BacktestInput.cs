using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Backtesting;

/// <summary>What a back-test reads.</summary>
/// <param name="Snapshot">The data.</param>
/// <param name="Pipeline">The pipeline; what it holds out is not looked at.</param>
/// <param name="Cuts">How many times training ends and prediction begins, at least 1.</param>
/// <param name="Horizon">Days predicted after each cut; null for as many as the pipeline holds out.</param>
/// <param name="Windows">Training windows to compare; empty for all rows, the newer half of the days, and newer
/// ones with more weight.</param>
public sealed record BacktestInput(
    SnapshotFiles Snapshot, PipelineSpec Pipeline, int Cuts, int? Horizon, IReadOnlyList<TrainingWindow> Windows)
{
    /// <summary>The checkout, below which files of the trainer lie.</summary>
    public string Root { get; init; } = ".";
}
