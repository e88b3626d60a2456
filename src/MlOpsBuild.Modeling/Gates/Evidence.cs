using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Explaining;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Slices;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>Everything known of a candidate's quality before it is packaged.</summary>
/// <param name="Metrics">Hold-out metrics of the candidate.</param>
/// <param name="Gates">The gate table.</param>
/// <param name="Slices">The same metrics on slices.</param>
/// <param name="Predictors">Metrics of candidate, champion and baselines by name, for comparison.</param>
public sealed record Evidence(
    IReadOnlyList<MetricValue> Metrics,
    IReadOnlyList<GateOutcome> Gates,
    IReadOnlyList<SliceOutcome> Slices,
    IReadOnlyDictionary<string, IReadOnlyList<MetricValue>> Predictors)
{
    /// <summary>How it behaved in the tests that the pipeline declares; null where it declares none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CheckOutcome>? Behaviour { get; init; }

    /// <summary>How far groups are apart, as far as the pipeline asks; null where it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FairnessOutcome>? Fairness { get; init; }

    /// <summary>Rows on which it is worse than elsewhere, found and not declared; null where none were looked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FoundSlice>? WeakSlices { get; init; }

    /// <summary>What the candidate answered, where that are texts; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AnswerOutcome? Answers { get; init; }

    /// <summary>What the candidate depends on; null in evidence from before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelExplanation? Explanation { get; init; }

    /// <summary>The chance that a candidate which keeps all gates is failed by one of them; null in evidence from before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FalseFailures { get; init; }

    /// <summary>Digest of the rows it was judged on: their labels, and what is resampled together; null in evidence from before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Digest? HoldOut { get; init; }

    /// <summary>The worst verdict of the deciding gates and of the tests of behaviour; Inconclusive without gates.</summary>
    [JsonIgnore]
    public Verdict Verdict => Gates.Where(gate => gate.Blocking).Select(gate => gate.Verdict).DefaultIfEmpty(Verdict.Inconclusive)
        .Concat((Behaviour ?? []).Select(test => test.Verdict)).Worst();

    /// <summary>Names of the gates and tests that ended with that verdict.</summary>
    public IReadOnlyList<string> Deciding() =>
    [
        .. Gates.Where(gate => gate.Blocking && gate.Verdict == Verdict).Select(gate => gate.Gate),
        .. (Behaviour ?? []).Where(test => test.Verdict == Verdict).Select(test => test.Check),
    ];
}
