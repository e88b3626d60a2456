using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Comparing;

/// <summary>What is known of a model that is compared.</summary>
/// <param name="Name">What it was asked for by.</param>
/// <param name="Run">The run that made it.</param>
/// <param name="Predictions">Its predictions on its hold-out; null where they are not here.</param>
/// <param name="Files">Files of code that differ from the first model's; null where git cannot say.</param>
public sealed record ComparisonInput(string Name, RunRecord Run, PredictionSet? Predictions, IReadOnlyList<string>? Files);
