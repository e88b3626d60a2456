using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Behaviour;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>A model that was evaluated, and how it must behave.</summary>
/// <param name="Model">The model.</param>
/// <param name="Rows">The hold-out rows as requests, with what it said.</param>
/// <param name="Predictions">The same predictions, with what is resampled together.</param>
/// <param name="Tests">The tests.</param>
/// <param name="Metric">What tests of quality judge by.</param>
/// <param name="Seed">Seed of resampling.</param>
/// <param name="Hidden">Columns of personal data: their values are shown nowhere.</param>
public sealed record BehaviourInput(
    Artifact Model, Artifact Rows, Artifact Predictions, IReadOnlyList<BehaviourTest> Tests, Metric Metric, long Seed,
    IReadOnlyList<string> Hidden);
