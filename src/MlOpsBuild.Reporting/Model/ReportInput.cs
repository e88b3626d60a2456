using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Store.Baselines;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Model;

/// <summary>What a report is made of.</summary>
/// <param name="Run">The run.</param>
/// <param name="Evidence">Metrics, gates, slices.</param>
/// <param name="Predictions">The candidate's hold-out predictions, for charts.</param>
/// <param name="Deployment">What was deployed, if anything.</param>
public sealed record ReportInput(RunRecord Run, Evidence Evidence, PredictionSet? Predictions, DeploymentRecord? Deployment)
{
    /// <summary>What the change starts from.</summary>
    public ChangeBaseline Baseline { get; init; } = ChangeBaseline.None;
}
