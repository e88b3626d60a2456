using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>What a trial reads.</summary>
/// <param name="Rows">The rows and their folds.</param>
/// <param name="Pipeline">The pipeline with the trial's values.</param>
/// <param name="Share">Share of each fold's rows that is fitted on, in (0, 1].</param>
public sealed record TrialInput(TuningRows Rows, PipelineSpec Pipeline, double Share)
{
    /// <summary>The checkout, below which files of the trainer lie.</summary>
    public string Root { get; init; } = ".";
}
