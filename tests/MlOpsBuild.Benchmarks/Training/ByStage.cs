using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Benchmarks.Training;

/// <summary>
/// The training stage as a build runs it: reads by contract, splits, fits, compares with what was fitted, writes the model.
/// </summary>
internal static class ByStage
{
    public static async Task<string> TrainAsync(string file, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        try
        {
            var input = new TrainInput(
                new([Path.GetFileName(file)], [new Artifact(Digest.Of("rows"), file)]),
                new Wide().Specify(new Dictionary<string, string>()));
            await new TrainStage().RunAsync(input, folder, new Progress<string>(), cancellationToken);
            return MillionRows.Told(Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Wide : ModelPipeline<Row>
    {
        protected override void Define(PipelineDefinition<Row> pipeline) => pipeline
            .Data(DataSource.Files("rows.csv"))
            .HoldOut(share: 0.001)
            .Predict(x => x.Label, LearningTask.Regression)
            .Train(Trainers.FastTree())
            .Gate(Metrics.Rmse, g => g.AtMost(1))
            .Features(f => f.Number(x => x.X0).Number(x => x.X1).Number(x => x.X2).Number(x => x.X3).Number(x => x.X4).Number(x => x.X5)
                .Number(x => x.X6).Number(x => x.X7).Number(x => x.X8).Number(x => x.X9)
                .Number(x => x.X10).Number(x => x.X11).Number(x => x.X12).Number(x => x.X13).Number(x => x.X14).Number(x => x.X15)
                .Number(x => x.X16).Number(x => x.X17).Number(x => x.X18).Number(x => x.X19));
    }

    private sealed record Row(
        double X0, double X1, double X2, double X3, double X4, double X5, double X6, double X7, double X8, double X9, double X10,
        double X11, double X12, double X13, double X14, double X15, double X16, double X17, double X18,
        double X19, [property: Label] double Label);
}
