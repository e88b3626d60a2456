using System.Globalization;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build of a hundred pipelines, each with a file of its own.</summary>
[GeneratedCi(CiHosts.GitHub | CiHosts.GitLab, TrainsMergeBase = true)]
internal sealed class ManyPipelinesBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => Enumerable.Range(0, 100).Select(number => new NumberedDemand(number));

    public string RollbackOwner => "nobody";
}

/// <summary>One of them.</summary>
internal sealed class NumberedDemand(int number, string? name = null) : ModelPipeline<BikeHour>
{
    public override string Name => name ?? string.Create(CultureInfo.InvariantCulture, $"Demand{number:000}");

    protected override void Define(PipelineDefinition<BikeHour> pipeline) => pipeline
        .Data(DataSource.Files(string.Create(CultureInfo.InvariantCulture, $"data/{number:000}.csv")))
        .HoldOut(last: TimeSpan.FromDays(14))
        .Predict(x => x.Count, LearningTask.Regression)
        .Features(f => f.OneHot(x => x.Hour))
        .Train(Trainers.Linear())
        .Gate(Metrics.Rmse, g => g.AtMost(100_000));
}
