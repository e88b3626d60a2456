using MlOpsBuild.TestKit.Data;
using MathNet.Numerics;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Training.Linear.Tests;

public sealed class LinearTrainerDeterminismTests
{
    private static readonly DataTable Rows = MemoryFiles.Read(
        [("simulated.csv", DemandSimulator.Write(new() { Days = 120 }))], ContractReader.Of<global::Pipelines.BikeHour>(),
        CancellationToken.None).Table!;

    [Fact]
    public void The_same_rows_give_the_same_bytes() => Train().ShouldBe(Train());

    [Fact]
    public void The_number_of_threads_does_not_change_a_byte()
    {
        var before = Control.MaxDegreeOfParallelism;
        try
        {
            var models = new[] { 1, 2, 4 }.Select(threads =>
            {
                Control.MaxDegreeOfParallelism = threads;
                return Train();
            }).ToList();

            models[1].ShouldBe(models[0]);
            models[2].ShouldBe(models[0]);
        }
        finally
        {
            Control.MaxDegreeOfParallelism = before;
        }
    }

    [Fact]
    public void Other_rows_give_other_bytes() =>
        Train(Rows.Select([.. Enumerable.Range(0, Rows.Rows - 1)])).ShouldNotBe(Train());

    private static byte[] Train(DataTable? rows = null)
    {
        var pipeline = new global::Pipelines.BikeDemand().Specify(new Dictionary<string, string>());
        return CanonicalJson.Serialize(Fitted.By(pipeline.Trainer, rows ?? Rows, pipeline.Features, pipeline.Target));
    }
}
