using MathNet.Numerics;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Modeling.Training.Tests;

public sealed class RidgeTrainerDeterminismTests
{
    private static readonly DataTable Rows = TableReader.Read(
        [("simulated.csv", DemandSimulator.Write(new() { Days = 120 }))], ContractReader.Of<global::Pipelines.BikeHour>(), CancellationToken.None).Table!;

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
        return CanonicalJson.Serialize(Trainers.Of(pipeline.Trainer).Train(rows ?? Rows, pipeline.Features, pipeline.Target, CancellationToken.None));
    }
}
