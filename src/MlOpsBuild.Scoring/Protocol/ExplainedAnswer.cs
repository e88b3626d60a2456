using MlOpsBuild.Scoring.Explaining;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>The answer to one row of <c>/explain</c>.</summary>
/// <param name="Answer">What <c>/predict</c> answers.</param>
/// <param name="Explanations">The score as a sum; of three or more classes each one's.</param>
public sealed record ExplainedAnswer(PredictionAnswer Answer, IReadOnlyList<Explanation> Explanations);
