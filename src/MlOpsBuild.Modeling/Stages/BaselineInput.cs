using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>A baseline and the rows to score it on.</summary>
public sealed record BaselineInput(Baseline Baseline, HoldOutRows Rows);
