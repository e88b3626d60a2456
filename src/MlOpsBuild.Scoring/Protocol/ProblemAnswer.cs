using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>The body of an answer that is no prediction.</summary>
/// <param name="Error">The problem in one sentence.</param>
/// <param name="Findings">What is wrong, each with where and what was expected.</param>
public sealed record ProblemAnswer(string Error, IReadOnlyList<Finding> Findings);
