namespace MlOpsBuild.Components.SelfTest;

/// <summary>How a rule did on a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Promoted">Share of runs in which the version was promoted.</param>
/// <param name="Stopped">Share in which it was rolled back.</param>
/// <param name="Minutes">Median time to either; null when most runs ended undecided.</param>
internal sealed record SelfTestResult(CanaryScenario Scenario, string Rule, double Promoted, double Stopped, double? Minutes);
