using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A pipeline that declares far too strong a penalty, and lets others be tried.</summary>
internal sealed class TunedDemand : ModelPipeline<BikeHour>
{
    protected override void Define(PipelineDefinition<BikeHour> pipeline) => pipeline
        .Data(DataSource.Simulated(new DemandSimulation { Days = 120, Seed = 1 }))
        .HoldOut(last: TimeSpan.FromDays(14))
        .Predict(x => x.Count, LearningTask.Regression)
        .Features(f => f.OneHot(x => x.Hour).Number(x => x.Temperature))
        .Train(Trainers.Linear(l2: pipeline.Parameter("l2", 100_000.0, from: 0.1, to: 100_000, byFactor: true)))
        .Gate(Metrics.Rmse, g => g.AtMost(pipeline.Parameter("worst-rmse", 100_000.0)));
}
