using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Deployments;

namespace MlOpsBuild.Reporting.Model;

/// <summary>What was deployed, and what came of it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Environment">Where.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why, with numbers.</param>
/// <param name="LastLook">The canary judge's last look, or null.</param>
public sealed record ReportDeployment(int Version, string Environment, DeploymentOutcome Outcome, string Reason, CanaryLook? LastLook);
