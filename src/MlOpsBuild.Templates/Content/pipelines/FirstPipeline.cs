#if (task == "binary")
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;

/// <summary>A row of the data: its attributes are the contract that ValidateData checks. A question mark lets a cell be empty.</summary>
public sealed record Customer(
    [property: Identifier] int CustomerId,
    [property: Categories("basic", "plus", "pro")] string? Plan,
    [property: Range(0, 600)] int Months,
    [property: Range(0, 1000)] double? Fee,
    [property: Range(0, 100)] int Complaints,
    [property: Label(positive: "yes"), Categories("no", "yes")] string Left);

/// <summary>Customers who leave, on simulated data. Put your own in with DataSource.Files("data/*.csv").</summary>
public sealed class FirstPipeline : ModelPipeline<Customer>
{
    protected override void Define(PipelineDefinition<Customer> pipeline) => pipeline
        .Data(DataSource.Simulated(new CustomerSimulation()))
        .HoldOut(share: 0.25)
        .Predict(x => x.Left, LearningTask.Binary)
        .Features(f => f.OneHot(x => x.Plan).Number(x => x.Months).Number(x => x.Fee).Number(x => x.Complaints))
        .Train(Trainers.FastTree(trees: pipeline.Parameter("trees", 60), leaves: 8, learningRate: 0.1))
        .Gate(Metrics.LogLoss, g => g.Beats(Baseline.ClassShares).NotWorseThanChampion(margin: 0.05))
        .Canary(c => c.Steps(5, 25, 50).FalseAlarm(0.05));
}
#else
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

/// <summary>A row of the data: its attributes are the contract that ValidateData checks.</summary>
public sealed record DemandHour(
    [property: Column("dteday"), Timestamp] DateOnly Day,
    [property: Column("hr"), Range(0, 23), Timestamp(TimestampPart.Hour)] int Hour,
    [property: Column("temp"), Range(0, 1)] double Temperature,
    [property: Column("cnt"), Range(0, 100000), Label] int Count);

/// <summary>Hourly demand on simulated data. Put your own in with DataSource.Files("data/*.csv").</summary>
public sealed class FirstPipeline : ModelPipeline<DemandHour>
{
    protected override void Define(PipelineDefinition<DemandHour> pipeline) => pipeline
        .Data(DataSource.Simulated(new DemandSimulation { Columns = ["dteday", "hr", "temp", "cnt"] }))
        .HoldOut(last: TimeSpan.FromDays(60))
        .Predict(x => x.Count, LearningTask.Regression)
        .Features(f => f.OneHot(x => x.Hour).Calendar(x => x.Day).Trend(x => x.Day).Number(x => x.Temperature).Square(x => x.Temperature))
        .Train(Trainers.Linear(l2: pipeline.Parameter("l2", 1.0)))
        .Gate(Metrics.Rmse, g => g.AtMost(200).NotWorseThanChampion(margin: 0.02))
        .Canary(c => c.Steps(5, 25, 50).FalseAlarm(0.05));
}
#endif
