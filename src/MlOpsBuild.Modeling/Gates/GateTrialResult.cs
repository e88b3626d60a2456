namespace MlOpsBuild.Modeling.Gates;

/// <summary>How a rule did on many hold-outs of one kind of candidate.</summary>
/// <param name="Scenario">The kind of candidate.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Passed">Share of hold-outs on which it passed.</param>
/// <param name="Failed">Share on which it was failed.</param>
public sealed record GateTrialResult(GateScenario Scenario, string Rule, double Passed, double Failed);
