using MlOpsBuild.Delivery.Deployments;

namespace MlOpsBuild.Components.Steps;

/// <summary>What became of a version in its environment, whatever the verdict.</summary>
/// <param name="Deployment">The record of it.</param>
/// <param name="KeepsServing">Whether it goes on serving when the build has ended.</param>
internal sealed record DeployedModel(DeploymentRecord Deployment, bool KeepsServing) : IStepResult
{
    public static string Target => "Deploy";
}
