using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build that takes a model of a registry.</summary>
internal sealed class RegisteredBuild : MlBuild, IContinuousTraining
{
    public IEnumerable<ModelPipeline> Pipelines => [new RegisteredDemand()];
}
