using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Stages;

namespace MlOpsBuild.Modeling.Explaining;

/// <summary>A model, the rows that it is asked on, and what is measured.</summary>
/// <param name="Model">The model.</param>
/// <param name="Rows">The hold-out.</param>
/// <param name="Metric">The first gate's metric.</param>
/// <param name="Hidden">Columns of personal data, whose values are not shown.</param>
public sealed record ExplainInput(Artifact Model, HoldOutRows Rows, Metric Metric, IReadOnlyList<string> Hidden)
{
    /// <summary>Whether a model may run a program: one that this pipeline trains so, or that somebody signed who is trusted.</summary>
    public bool RunsPrograms { get; init; }
}
