using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

/// <summary>A pipeline that is complete unless a test changes it.</summary>
internal sealed class TestPipeline(Action<PipelineDefinition<TestPipeline.Row>> define) : ModelPipeline<TestPipeline.Row>
{
    public override string Name => "Sample";

    /// <summary>Everything a pipeline needs but features.</summary>
    public static PipelineDefinition<Row> Complete(PipelineDefinition<Row> pipeline, Action<GateBuilder>? gate = null) => pipeline
        .Data(DataSource.Files("*.csv"))
        .HoldOut(TimeSpan.FromDays(14))
        .Predict(x => x.Value, LearningTask.Regression)
        .Train(Trainers.Linear())
        .Gate(Metrics.Rmse, gate ?? (g => g.AtMost(3)));

    public static PipelineSpec Specify(Action<PipelineDefinition<Row>> define, params (string Name, string Value)[] settings) =>
        new TestPipeline(define).Specify(settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    protected override void Define(PipelineDefinition<Row> pipeline) => define(pipeline);

    public sealed record Row(
        [property: Identifier] int Id,
        [property: Timestamp] DateOnly Day,
        [property: Column("x")] double X,
        int Month,
        string Remark,
        [property: PersonalData] int Age,
        [property: Leak("known with the value")] double Total,
        [property: Label] double Value);
}
