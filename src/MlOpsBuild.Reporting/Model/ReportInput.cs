using MlOpsBuild.Data.Contracts;
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

    /// <summary>The run that made the champion; null when there is none, or it is not known here.</summary>
    public RunRecord? Champion { get; init; }

    /// <summary>The version that serves now; null when none does, or it is not known.</summary>
    public int? Serving { get; init; }

    /// <summary>Files of code that differ from those of <see cref="ComparedRun"/>; null where git cannot say.</summary>
    public IReadOnlyList<string>? ChangedFiles { get; init; }

    /// <summary>
    /// The run that changes are counted from: the champion's, else that of the merge base, else the last one on the branch.
    /// </summary>
    public RunRecord? ComparedRun => Champion ?? Baseline.Run ?? Baseline.LastOnBranch;

    /// <summary>Tested runs of the pipeline before this one.</summary>
    public IReadOnlyList<RunRecord> Earlier { get; init; } = [];

    /// <summary>The newest A/B test of the pipeline where it serves, as it was last seen; null where there was none.</summary>
    public ReportExperiment? Experiment { get; init; }

    /// <summary>How the data differ from what they are compared with; null when there is nothing to compare with.</summary>
    public ReportData? Data { get; init; }

    /// <summary>What the data promise; null when it is not known, and then no column is shown: any of them might be personal.</summary>
    public DataContract? Contract { get; init; }

    /// <summary>What people type to start the build.</summary>
    /// <value><c>./build.sh</c>.</value>
    public string Command { get; init; } = "./build.sh";

    /// <summary>Whether a column may be shown.</summary>
    public bool MayShow(string column) => Contract?.Columns.Any(known => known.Name == column && !known.PersonalData) == true;

    /// <summary>Where the repository can be looked at, without a slash at its end; null outside the hosts we know.</summary>
    public Uri? Repository { get; init; }

    /// <summary>The page of the build that made the run; null when there is none.</summary>
    public Uri? RunPage { get; init; }
}
