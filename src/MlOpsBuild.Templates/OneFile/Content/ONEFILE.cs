#!/usr/bin/env dotnet
#:package MlOpsBuild.Analyzers@MLOPS_VERSION
#:package MlOpsBuild.Components@MLOPS_VERSION
#:package MlOpsBuild.Serving@MLOPS_VERSION
#:property TargetFramework=net10.0
#:property ImplicitUsings=enable
#:property Nullable=enable
#:property PublishAot=false
#:property InvariantGlobalization=true
#:property ManagePackageVersionsCentrally=false

// dotnet run ONEFILE.cs -- Train Deploy      from data to a version that serves;  -- --help tells the rest
using MlOpsBuild.Components;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

sealed class Build : MlBuild, IContinuousDeployment // maturity level 4, checked by the compiler
{
    public static int Main() => Execute<Build>(build => ((ITrain)build).Train);

    public IEnumerable<ModelPipeline> Pipelines => [new FirstPipeline()];
    public string RollbackOwner => "whoever is on duty";
}

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
