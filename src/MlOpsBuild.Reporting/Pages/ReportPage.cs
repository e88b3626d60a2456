using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>
/// A report in words, in the order in which they are shown: what templates are filled with. Every property can be used in a template of
/// one's own by its name.
/// </summary>
public sealed record ReportPage
{
    /// <summary>The style sheet that comes with the program.</summary>
    public string Style { get; } = EmbeddedText.Read(typeof(ReportPage).Assembly, "style.css");

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Passed, Failed, Inconclusive or Error.</summary>
    public required string Verdict { get; init; }

    /// <summary>A sign for the verdict.</summary>
    public required string Sign { get; init; }

    /// <summary>"May I merge this?", answered in one sentence.</summary>
    public required string Answer { get; init; }

    /// <summary>Better, the same, worse, or cannot tell, in one sentence with figures.</summary>
    public string Effect { get; init; } = "";

    /// <summary>What to do now.</summary>
    public string NextStep { get; init; } = "";

    /// <summary>Why what was compared with is no longer what counts; null when it is.</summary>
    public string? Stale { get; init; }

    /// <summary>Whether the data was simulated.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Who made the figures, where that matters for how far they are trusted; else null.</summary>
    public string? Origin { get; init; }

    /// <summary>The gate table.</summary>
    public required IReadOnlyList<GateRow> Gates { get; init; }

    /// <summary>Whether the gate table has a column for the champion.</summary>
    public required bool HasChampion { get; init; }

    /// <summary>Whether the gate table has a column for the merge base.</summary>
    public required bool HasMergeBase { get; init; }

    /// <summary>What the change starts from; null when no change is looked at.</summary>
    public string? Baseline { get; init; }

    /// <summary>What changed, which slices moved and what would decide it; before the gates.</summary>
    public required IReadOnlyList<SummaryLine> First { get; init; }

    /// <summary>What one should know beside the gates, one line each: slices, data, tests, cost.</summary>
    public required IReadOnlyList<SummaryLine> Summary { get; init; }

    /// <summary>The deployment's outcome and reason, or null.</summary>
    public string? Deployment { get; init; }

    /// <summary>Passed, Failed or Inconclusive; empty without a deployment.</summary>
    public string DeploymentVerdict { get; init; } = "";

    /// <summary>A sign for it.</summary>
    public string DeploymentSign { get; init; } = "";

    /// <summary>The canary's metrics at its last look, or null.</summary>
    public ReportTable? Canary { get; init; }

    /// <summary>The newest A/B test, one line each; empty where there was none.</summary>
    public IReadOnlyList<string> Experiment { get; init; } = [];

    /// <summary>Its arms.</summary>
    public ReportTable ExperimentArms { get; init; } = new([], []);

    /// <summary>Metrics of each predictor, one row a metric.</summary>
    public required ReportTable Metrics { get; init; }

    /// <summary>The gates' metrics by slice.</summary>
    public required ReportTable Slices { get; init; }

    /// <summary>Rows on which the candidate is worse than elsewhere.</summary>
    public required ReportTable WeakSlices { get; init; }

    /// <summary>Answers that a reviewer should read.</summary>
    public required ReportTable Answers { get; init; }

    /// <summary>How far groups are apart.</summary>
    public required ReportTable Fairness { get; init; }

    /// <summary>What the candidate depends on.</summary>
    public required ReportTable Importance { get; init; }

    /// <summary>What the data are compared with, and what changed in the contract; one line each.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>How far each column moved.</summary>
    public required ReportTable Drift { get; init; }

    /// <summary>Tests of behaviour.</summary>
    public required IReadOnlyList<CheckRow> Checks { get; init; }

    /// <summary>What the candidate costs.</summary>
    public required ReportTable Cost { get; init; }

    /// <summary>Charts in the order shown.</summary>
    public required IReadOnlyList<DrawnChart> Charts { get; init; }

    /// <summary>Stages, and whether each ran.</summary>
    public required ReportTable Stages { get; init; }

    /// <summary>Where everything came from.</summary>
    public required IReadOnlyList<LineageRow> Lineage { get; init; }

    /// <summary>How to get the same result locally.</summary>
    public required string Reproduce { get; init; }
}
