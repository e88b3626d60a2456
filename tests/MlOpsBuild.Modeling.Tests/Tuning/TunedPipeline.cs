using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Modeling.Tuning.Tests;

/// <summary>A pipeline whose choice of a family leads to other parameters.</summary>
internal sealed class TunedPipeline : ModelPipeline<BikeHour>
{
    protected override void Define(PipelineDefinition<BikeHour> pipeline) => pipeline
        .Data(DataSource.Simulated(new DemandSimulation { Days = 120 }))
        .HoldOut(last: TimeSpan.FromDays(pipeline.Parameter("days", 20, from: 5, to: 40)))
        .Predict(x => x.Count, LearningTask.Regression)
        .Features(f => f.OneHot(x => x.Hour).Number(x => x.Temperature))
        .Train(pipeline.Choice("family", "linear", "trees") == "linear"
            ? Trainers.Linear(l2: pipeline.Parameter("l2", 1.0, from: 0.01, to: 1000, byFactor: true))
            : Trainers.FastTree(
                trees: pipeline.Parameter("trees", 20, from: 5, to: 40, byFactor: true),
                leaves: pipeline.Parameter("leaves", 8, from: 4, to: 16)))
        .Gate(Metrics.Rmse, g => g.AtMost(pipeline.Parameter("worst", 1000.0)));
}
