using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build whose pipeline declares an A/B test.</summary>
internal sealed class ExperimentingBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new TestedDemand()];

    public string RollbackOwner => "the tester";

    internal sealed class TestedDemand : ModelPipeline<BikeHour>
    {
        public static ExperimentPolicy Policy => new("rentals") { Detect = 0.1, Window = TimeSpan.FromHours(1) };

        protected override void Define(PipelineDefinition<BikeHour> pipeline) => pipeline
            .Data(DataSource.Simulated(new DemandSimulation { Days = 120 }))
            .HoldOut(last: TimeSpan.FromDays(14))
            .Predict(x => x.Count, LearningTask.Regression)
            .Features(f => f.OneHot(x => x.Hour))
            .Train(Trainers.Linear())
            .Gate(Metrics.Rmse, g => g.AtMost(100_000))
            .Experiment("rentals", e => e.Detect(relative: 0.1).Window(TimeSpan.FromHours(1)));
    }
}
