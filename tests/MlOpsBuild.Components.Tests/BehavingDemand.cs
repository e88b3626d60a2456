using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>Simulated rentals whose model must say what anybody would.</summary>
internal sealed class BehavingDemand : ModelPipeline<BikeHour>
{
    protected override void Define(PipelineDefinition<BikeHour> pipeline)
    {
        var busy = pipeline.Parameter("busy", 0.0);
        pipeline
            .Data(DataSource.Simulated(new DemandSimulation { Days = 120 }))
            .HoldOut(last: TimeSpan.FromDays(14))
            .Predict(x => x.Count, LearningTask.Regression)
            .Features(f => f.OneHot(x => x.Hour).Number(x => x.Temperature))
            .Train(Trainers.Linear())
            .Gate(Metrics.Rmse, g => g.AtMost(100_000))
            .Behaviour(t => t.Expect("rush hour is busy", x => x.Hour == 17, p => p > busy).Invariant(x => x.Holiday));
    }
}
