namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What a deployment would do.</summary>
/// <param name="WouldRun">False when the version serves already.</param>
/// <param name="Action">What would be done, in a sentence without an end.</param>
/// <param name="Lines">What is known before it, what would be done and what its canary could see.</param>
public sealed record DeploymentForecast(bool WouldRun, string Action, IReadOnlyList<string> Lines);
