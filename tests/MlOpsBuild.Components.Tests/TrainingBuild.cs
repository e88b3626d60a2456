using MlOpsBuild.Engine;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Modeling.Pipelines;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A level-4 build on the sample pipeline.</summary>
public sealed class TrainingBuild : MlBuild, IContinuousDeployment
{
    /// <inheritdoc />
    public IEnumerable<ModelPipeline> Pipelines => [new BikeDemand()];

    /// <inheritdoc />
    public string RollbackOwner => "the tests";
}
