using System.Text.Json.Serialization;

namespace MlOpsBuild.Core;

/// <summary>One row of the gate table: a claim about the candidate, and what the evidence says.</summary>
/// <param name="Gate">The claim, for example <c>RMSE beats same hour last week</c>.</param>
/// <param name="Metric">The metric judged.</param>
/// <param name="Candidate">The candidate's value.</param>
/// <param name="Reference">The value compared with (a bound, a baseline or the champion), if any.</param>
/// <param name="ReferenceName">What the reference is.</param>
/// <param name="Difference">Paired interval of candidate minus reference, if the gate compares.</param>
/// <param name="Verdict">What the evidence says of the claim.</param>
/// <param name="Evidence">Better, worse or no evidence, in words with numbers.</param>
/// <param name="Blocking">False for rows that inform and do not decide.</param>
public sealed record GateOutcome(
    string Gate,
    string Metric,
    double Candidate,
    double? Reference,
    string ReferenceName,
    Interval? Difference,
    Verdict Verdict,
    string Evidence,
    bool Blocking = true)
{
    /// <summary>What is judged, and how far it is from the limit; null without an interval.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JudgedQuantity? Judged { get; init; }
}
