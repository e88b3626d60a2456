using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Explaining;

/// <summary>
/// A score as a sum: what the model gives on average over its training rows, and what each input of this row adds (Shapley values,
/// Lundberg and Lee 2017). Base and contributions together are the score, to 1e-9 of it.
/// </summary>
/// <param name="Class">Of three or more classes the class that is scored; of two the positive one; else null.</param>
/// <param name="Unit">Unit of the score: the target's, <c>log(1 + target)</c>, <c>log-odds</c> or <c>probability</c>.</param>
/// <param name="Base">The score on average over the training rows.</param>
/// <param name="Contributions">What each input adds, the largest first.</param>
public sealed record Explanation(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Class, string Unit, double Base,
    IReadOnlyList<Contribution> Contributions)
{
    /// <summary>The score before it becomes a prediction: before the scale is undone, a probability made of it and calibrated.</summary>
    public double Score => Base + Contributions.Sum(part => part.Value);
}
