namespace MlOpsBuild.Scoring.Explaining;

/// <summary>What one input adds to a score.</summary>
/// <param name="Column">The input, or the pair of inputs that a feature is made of.</param>
/// <param name="Value">What it adds, in the unit of the score.</param>
public sealed record Contribution(string Column, double Value);
