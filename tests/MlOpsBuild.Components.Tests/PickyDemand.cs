using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A pipeline some of whose values do not go together: a window of no days.</summary>
internal sealed class PickyDemand : ModelPipeline<BikeHour>
{
    protected override void Define(PipelineDefinition<BikeHour> pipeline)
    {
        var l2 = pipeline.Parameter("l2", 1.0, from: 0.1, to: 100, byFactor: true);
        pipeline
            .Data(DataSource.Simulated(new DemandSimulation { Days = 120, Seed = 1 }))
            .HoldOut(last: TimeSpan.FromDays(14))
            .Predict(x => x.Count, LearningTask.Regression)
            .Features(f => f.OneHot(x => x.Hour).Number(x => x.Temperature))
            .Train(Trainers.Linear(l2), pipeline.Choice("window", "all", "none") == "all" ? null : TrainingWindow.Last(0))
            .Gate(Metrics.Rmse, g => g.AtMost(100_000));
    }
}
