using MlOpsBuild.Components.Tests;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Reporting.Maturity;

namespace MlOpsBuild.Components.Bundles.Tests;

public sealed class DeclaredLevelTests
{
    [Fact]
    public void The_highest_bundle_interface_is_the_declared_level()
    {
        DeclaredLevel.Of(new ManualBuild()).ShouldBe(MaturityLevel.Manual);
        DeclaredLevel.Of(new DataBuild()).ShouldBe(MaturityLevel.ContinuousData);
        DeclaredLevel.Of(new LevelTwoBuild()).ShouldBe(MaturityLevel.ContinuousTraining);
        DeclaredLevel.Of(new IntegratingBuild()).ShouldBe(MaturityLevel.ContinuousIntegration);
        DeclaredLevel.Of(new DeployingBuild()).ShouldBe(MaturityLevel.ContinuousDeployment);
    }

    private sealed class DataBuild : MlBuild, IContinuousData
    {
        public IEnumerable<ModelPipeline> Pipelines => [];
    }

    private sealed class IntegratingBuild : MlBuild, IContinuousIntegration
    {
        public IEnumerable<ModelPipeline> Pipelines => [];
    }
}
