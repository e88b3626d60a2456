using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build that reports on two pipelines.</summary>
internal sealed class PairBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand(), new OtherDemand()];

    public string RollbackOwner => "nobody";
}

/// <summary>The other one, with the same parameters.</summary>
internal sealed class OtherDemand : ModelPipeline<BikeHour>
{
    protected override void Define(PipelineDefinition<BikeHour> pipeline) => pipeline
        .Data(DataSource.Simulated(new DemandSimulation { Days = 120, Seed = pipeline.Parameter("simulation-seed", 2L) }))
        .HoldOut(last: TimeSpan.FromDays(14))
        .Predict(x => x.Count, LearningTask.Regression)
        .Features(f => f.OneHot(x => x.Hour))
        .Train(Trainers.Linear(l2: pipeline.Parameter("l2", 1.0)))
        .Gate(Metrics.Rmse, g => g.AtMost(pipeline.Parameter("worst-rmse", 100_000.0)));
}
