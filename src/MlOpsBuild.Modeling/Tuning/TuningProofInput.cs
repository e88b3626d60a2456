using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>What the comparison of a search's best trial with the declared values reads.</summary>
/// <param name="Rows">The rows and their folds.</param>
/// <param name="Declared">The pipeline as it is declared.</param>
/// <param name="Best">The pipeline with the best trial's values.</param>
public sealed record TuningProofInput(TuningRows Rows, PipelineSpec Declared, PipelineSpec Best)
{
    /// <summary>The checkout, below which files of the trainer lie.</summary>
    public string Root { get; init; } = ".";
}
