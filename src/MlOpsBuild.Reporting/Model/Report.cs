using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Explaining;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Slices;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Model;

/// <summary>A report as data: <c>report.json</c>, from which the other renderings are made. Personal data are in none of it.</summary>
public sealed record Report
{
    /// <summary>The schema of this document.</summary>
    [JsonPropertyName("$schema")]
    public string Schema { get; init; } = "./report.schema.json";

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The run reported on.</summary>
    public required string Run { get; init; }

    /// <summary>The worst verdict of the deciding gates.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>"May I merge this?", answered in one sentence.</summary>
    public required string Answer { get; init; }

    /// <summary>What the candidate is beside the champion.</summary>
    public ChangeEffect Effect { get; init; }

    /// <summary>The same as a sentence, with the metric that decides it.</summary>
    public string EffectText { get; init; } = "";

    /// <summary>What is other than in <see cref="ChangedSince"/>: features, parameters, data, code, each by its name.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>What the changes are counted from, for example <c>champion v3</c>; null when there is nothing.</summary>
    public string? ChangedSince { get; init; }

    /// <summary>What would decide gates that stayed open; null when none did.</summary>
    public string? WouldDecide { get; init; }

    /// <summary>What to do now.</summary>
    public string NextStep { get; init; } = "";

    /// <summary>Why what was compared with is no longer what counts; null when it is.</summary>
    public string? Stale { get; init; }

    /// <summary>Whether the data was simulated.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The version compared with; null when nothing serves.</summary>
    public int? Champion { get; init; }

    /// <summary>The gate table.</summary>
    public required IReadOnlyList<ReportGate> Gates { get; init; }

    /// <summary>What the change starts from, in words; null when no change is looked at.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether a run of the commit that the change starts from is known.</summary>
    public bool HasMergeBase { get; init; }

    /// <summary>Metrics of candidate, champion and baselines, by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<MetricValue>> Predictors { get; init; }

    /// <summary>The gates' metrics by slice.</summary>
    public IReadOnlyList<ReportSlice> Slices { get; init; } = [];

    /// <summary>Rows on which the candidate is worse than elsewhere, found and not declared.</summary>
    public IReadOnlyList<FoundSlice> WeakSlices { get; init; } = [];

    /// <summary>What the candidate answered, where that are texts.</summary>
    public AnswerOutcome? Answers { get; init; }

    /// <summary>How far groups are apart, where the pipeline compares them.</summary>
    public IReadOnlyList<FairnessOutcome> Fairness { get; init; } = [];

    /// <summary>What the candidate depends on; null in reports on evidence from before.</summary>
    public ModelExplanation? Explanation { get; init; }

    /// <summary>What the verdict is worth, in a sentence; null where there is nothing to add.</summary>
    public string? Claim { get; init; }

    /// <summary>The data beside what they are compared with; null when there is nothing to compare with.</summary>
    public ReportData? Data { get; init; }

    /// <summary>Rows of data.</summary>
    public int? Rows { get; init; }

    /// <summary>
    /// How many columns of personal data there are, which are not shown; null when it is not known which, and then none is.
    /// </summary>
    public int? PersonalColumns { get; init; }

    /// <summary>Tests of behaviour.</summary>
    public IReadOnlyList<CheckOutcome> Checks { get; init; } = [];

    /// <summary>What the candidate costs.</summary>
    public IReadOnlyList<ReportCost> Cost { get; init; } = [];

    /// <summary>What was deployed, or null.</summary>
    public ReportDeployment? Deployment { get; init; }

    /// <summary>The newest A/B test of the pipeline; null where there was none.</summary>
    public ReportExperiment? Experiment { get; init; }

    /// <summary>Charts in the order shown.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>Stages, and whether each ran.</summary>
    public IReadOnlyList<StageOutcome> Stages { get; init; } = [];

    /// <summary>Where everything came from.</summary>
    public IReadOnlyList<ReportFact> Lineage { get; init; } = [];

    /// <summary>One line for a shell that gets the same result.</summary>
    public required string Reproduce { get; init; }
}
