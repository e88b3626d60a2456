using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Somebody else's repository: an empty folder, the packages, the template.</summary>
public sealed class BuildFromTheTemplate(InstalledTemplate machine) : IClassFixture<InstalledTemplate>
{
    // What a user writes for a pipeline of their own: nine lines, and its name in Build.cs.
    private const string Pipeline = """
        public sealed class Evenings : ModelPipeline<DemandHour>
        {
            protected override void Define(PipelineDefinition<DemandHour> pipeline) => pipeline
                .Data(DataSource.Simulated(new DemandSimulation { Columns = ["dteday", "hr", "temp", "cnt"], Seed = 7 }))
                .HoldOut(last: TimeSpan.FromDays(30))
                .Predict(x => x.Count, LearningTask.Regression)
                .Features(f => f.OneHot(x => x.Hour).Number(x => x.Temperature))
                .Train(Trainers.Linear(l2: 1)).Gate(Metrics.Rmse, g => g.AtMost(300));
        }
        """;

    /// <summary>It failed as it was printed: the template did not know where its packages are.</summary>
    [Fact]
    public async Task The_block_of_the_readme_serves_a_model_as_it_is_printed_and_a_new_pipeline_takes_ten_lines()
    {
        try
        {
            using var caller = new Caller(machine.Printed.Address);
            ((int)(await caller.PredictAsync("""{"dteday":"2012-11-02","hr":8,"temp":0.34}""")).Status).ShouldBe(200);

            Pipeline.Split('\n').Length.ShouldBeLessThan(10);
            var usings = File.ReadLines(machine.PathOf("shop/pipelines/Demand.cs"))
                .TakeWhile(line => line.StartsWith("using", StringComparison.Ordinal));
            await File.WriteAllTextAsync(machine.PathOf("shop/pipelines/Evenings.cs"), string.Join('\n', [.. usings, "", Pipeline, ""]));
            var build = await File.ReadAllTextAsync(machine.PathOf("shop/build/Build.cs"));
            await File.WriteAllTextAsync(
                machine.PathOf("shop/build/Build.cs"),
                build.Replace("[new Demand()]", "[new Demand(), new Evenings()]", StringComparison.Ordinal));

            (await machine.RunAsync("shop", "./build.sh", "TestModel", "--pipeline", "Evenings"))
                .Expect(0)
                .Output.ShouldContain("verdict Passed");
            File.Exists(machine.PathOf("shop/.nuke/build.schema.json")).ShouldBeTrue();
        }
        finally
        {
            (await machine.RunAsync("shop", "./build.sh", "Stop")).Expect(0);
        }
    }
}
