using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>A model and the rows to score it on.</summary>
public sealed record EvaluateInput(Artifact Model, HoldOutRows Rows);
