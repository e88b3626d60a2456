using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>A model and the rows to score it on.</summary>
public sealed record EvaluateInput(Artifact Model, HoldOutRows Rows)
{
    /// <summary>Whether a model may run a program: one that this pipeline trains so, or that somebody signed who is trusted.</summary>
    public bool RunsPrograms { get; init; }
}
