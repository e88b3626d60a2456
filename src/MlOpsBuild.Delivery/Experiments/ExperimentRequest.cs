using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Modeling.Experiments;

namespace MlOpsBuild.Delivery.Experiments;

/// <summary>An A/B test to begin.</summary>
/// <param name="Deployment">The version on test, and who asks; as if it were to be deployed.</param>
/// <param name="Policy">What is measured, and how it is judged.</param>
/// <param name="Seed">Seed of the assignment.</param>
public sealed record ExperimentRequest(DeploymentRequest Deployment, ExperimentPolicy Policy, long Seed);
