using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Somebody else's repository: an empty folder, the packages, the template.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class BuildFromTheTemplate : IDisposable
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

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public BuildFromTheTemplate()
    {
        foreach (var name in (string[])["app", "home", "run", "feed"])
        {
            Directory.CreateDirectory(_folder[name]);
        }

        _environment = BuiltRepository.Variables(_folder["run"]);
        _environment["DOTNET_CLI_HOME"] = _folder["home"];
        _environment["NUGET_PACKAGES"] = _folder["packages"]; // what an earlier run packed has the same version
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_empty_folder_serves_a_model_after_two_commands_and_a_new_pipeline_takes_ten_lines()
    {
        await PackAsync();
        (await DotnetAsync("new", "install", Directory.GetFiles(_folder["feed"], "MlOpsBuild.Templates.*.nupkg").ShouldHaveSingleItem())).Expect(0);
        await File.WriteAllTextAsync(_folder["app/nuget.config"], $"""<configuration><packageSources><add key="local" value="{_folder["feed"]}" /></packageSources></configuration>""");

        (await DotnetAsync("new", "mlopsbuild")).Expect(0);
        try
        {
            var first = (await BuildAsync("Train", "Deploy")).Expect(0);
            using var caller = new Caller(first.Address);
            ((int)(await caller.PredictAsync("""{"dteday":"2012-11-02","hr":8,"temp":0.34}""")).Status).ShouldBe(200);

            Pipeline.Split('\n').Length.ShouldBeLessThan(10);
            var usings = File.ReadLines(_folder["app/pipelines/Demand.cs"]).TakeWhile(line => line.StartsWith("using", StringComparison.Ordinal));
            await File.WriteAllTextAsync(_folder["app/pipelines/Evenings.cs"], string.Join('\n', [.. usings, "", Pipeline, ""]));
            var build = await File.ReadAllTextAsync(_folder["app/build/Build.cs"]);
            await File.WriteAllTextAsync(_folder["app/build/Build.cs"], build.Replace("[new Demand()]", "[new Demand(), new Evenings()]", StringComparison.Ordinal));

            (await BuildAsync("TestModel", "--pipeline", "Evenings")).Expect(0).Output.ShouldContain("verdict Passed");
            File.Exists(_folder["app/.nuke/build.schema.json"]).ShouldBeTrue();
        }
        finally
        {
            (await BuildAsync("Stop")).Expect(0);
        }
    }

    // From what this test run was built of: nothing is compiled again.
    private async Task PackAsync()
    {
        var artifacts = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
        (await RunningCommand.RunAsync(
            BuiltRepository.Sources, _environment, "dotnet",
            "pack", "MlOpsBuild.sln", "--no-build", "-c", "Release", "-m:1", "-nodeReuse:false", "-nologo", "-v", "quiet", "-o", _folder["feed"], $"-p:ArtifactsPath={artifacts}")).Expect(0);
    }

    private Task<CommandResult> DotnetAsync(params string[] arguments) => RunningCommand.RunAsync(_folder["app"], _environment, "dotnet", arguments);

    private Task<CommandResult> BuildAsync(params string[] arguments) => RunningCommand.RunAsync(_folder["app"], _environment, _folder["app/build.sh"], arguments);
}
