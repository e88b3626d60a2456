using MlOpsBuild.Core;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>
/// A pipeline that takes a model of a registry, pinned as a parameter says: not at all, to what is there, to another one, wrongly.
/// </summary>
internal sealed class RegisteredDemand : ModelPipeline<BikeHour>
{
    public static byte[] Registered => "an ONNX file"u8.ToArray();

    protected override void Define(PipelineDefinition<BikeHour> pipeline) => pipeline
        .Data(DataSource.Simulated(new DemandSimulation { Days = 120, Seed = 1 }))
        .HoldOut(last: TimeSpan.FromDays(14))
        .Predict(x => x.Count, LearningTask.Regression)
        .Features(f => f.OneHot(x => x.Hour).Number(x => x.Temperature))
        .Train(Trainers.Onnx("mlflow://Fares@champion", pipeline.Parameter("pin", 0) switch
        {
            0 => null,
            1 => Digest.Of(Registered).Hex,
            2 => Digest.Of("another model").Hex,
            _ => "no digest",
        }))
        .Gate(Metrics.Rmse, g => g.AtMost(100_000));
}
