using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;

namespace Pipelines;

/// <summary>Which customers will leave. See NOTES.md for the data, the features and what the gates are worth.</summary>
public sealed class Churn : ModelPipeline<Customer>
{
    /// <inheritdoc />
    protected override void Define(PipelineDefinition<Customer> pipeline) => pipeline
        .Data(DataSource.Simulated(
            new CustomerSimulation { Seed = pipeline.Parameter("customers-seed", 1L), Customers = pipeline.Parameter("customers", 6000) }))
        .HoldOut(groups: x => x.Household, share: 0.25)
        .Predict(x => x.Left, LearningTask.Binary)
        .Features(f => f.Number(x => x.Age).Number(x => x.MonthsWithUs).Number(x => x.MonthlyFee).Number(x => x.Complaints)
            .Number(x => x.UsageChange).OneHot(x => x.Plan).OneHot(x => x.Term))
        .Train(pipeline.Switch("logistic", false) ? Trainers.Linear() : Trainers.FastTree(
            trees: pipeline.Parameter("trees", 60, from: 10, to: 300, byFactor: true),
            leaves: pipeline.Parameter("leaves", 8, from: 2, to: 32, byFactor: true),
            learningRate: pipeline.Parameter("learning-rate", 0.1, from: 0.01, to: 0.3, byFactor: true)))
        .Gate(Metrics.LogLoss, g => g.Beats(Baseline.ClassShares).NotWorseThanChampion(margin: 0.05))
        .Gate(Metrics.AreaUnderRoc, g => g.AtLeast(0.65))
        .Slice(x => x.Term)
        .Behaviour(t => t
            .Expect(
                "who pays by the year and does not complain stays", x => x.Term == "yearly" && x.Complaints == 0, p => p < 0.5,
                atLeast: 0.9)
            .Increasing(x => x.Complaints, within: (0, 6), by: 3, tolerance: 0.05, atLeast: 0.9)
            .Without(x => x.UsageChange, worseAtMost: 0.4))
        .Experiment("renewal", e => e.Converts().Detect(relative: 0.02).Unit("X-Customer-Id"))
        .Canary(c => c.Steps(5, 25, 50).FalseAlarm(0.05));
}
