using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A pipeline on a few months of simulated rentals.</summary>
internal sealed class SmallDemand : ModelPipeline<BikeHour>
{
    protected override void Define(PipelineDefinition<BikeHour> pipeline) => pipeline
        .Data(DataSource.Simulated(new DemandSimulation { Days = 120, Seed = pipeline.Parameter("simulation-seed", 1L) }))
        .HoldOut(last: TimeSpan.FromDays(14))
        .Predict(x => x.Count, LearningTask.Regression)
        .Features(f => f.OneHot(x => x.Hour).Number(x => x.Temperature))
        .Train(Trainers.Linear(l2: pipeline.Parameter("l2", 1.0)))
        .Gate(Metrics.Rmse, g => g.AtMost(pipeline.Parameter("worst-rmse", 100_000.0)));
}
