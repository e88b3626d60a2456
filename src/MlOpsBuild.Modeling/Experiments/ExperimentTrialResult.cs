namespace MlOpsBuild.Modeling.Experiments;

/// <summary>How a rule did on tests whose truth is known; shares are of runs.</summary>
/// <param name="Scenario">The users.</param>
/// <param name="Rule">The rule.</param>
/// <param name="FalseAlarms">Runs of two equal versions in which it saw a difference.</param>
/// <param name="Seen">Runs with the smallest effect that must be seen in which it saw it, on the right side.</param>
/// <param name="Covered">Runs with that effect in which every interval that it told holds the truth.</param>
/// <param name="Units">Units of both arms when it had decided, in the median run with that effect.</param>
/// <param name="VarianceLeft">What was left of the variance after what was known before, on average.</param>
public sealed record ExperimentTrialResult(
    ExperimentScenario Scenario, string Rule, double FalseAlarms, double Seen, double Covered, double Units, double VarianceLeft);
