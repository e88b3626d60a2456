using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Somebody else's repository: an empty folder, the packages, the template.</summary>
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
        foreach (var name in (string[])["home", "run", "project"])
        {
            Directory.CreateDirectory(_folder[name]);
        }

        _environment = BuiltRepository.Variables(_folder["run"]);
        _environment["DOTNET_CLI_HOME"] = _folder["home"];
        _environment["NUGET_PACKAGES"] = _folder["packages"]; // empty
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>It failed as it was printed: the template did not know where its packages are.</summary>
    [Fact]
    public async Task The_block_of_the_readme_serves_a_model_as_it_is_printed_and_a_new_pipeline_takes_ten_lines()
    {
        await BuiltRepository.CopySourcesAsync(_folder["project"]);
        var block = File.ReadAllText(Path.Combine(BuiltRepository.Sources, "README.md")).Split("## In a repository of your own")[1].Split("```")[1];
        string[] commands = [.. block.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..].Split("  #")[0])];
        commands.Length.ShouldBe(4);
        try
        {
            // Compiles and packs everything, and fetches every package.
            using var printed = RunningCommand.Start(_folder["project"], _environment, "bash", "-ec", string.Join('\n', commands));
            var first = (await printed.EndAsync(TimeSpan.FromMinutes(10))).Expect(0);
            using var caller = new Caller(first.Address);
            ((int)(await caller.PredictAsync("""{"dteday":"2012-11-02","hr":8,"temp":0.34}""")).Status).ShouldBe(200);

            Pipeline.Split('\n').Length.ShouldBeLessThan(10);
            var usings = File.ReadLines(_folder["shop/pipelines/Demand.cs"]).TakeWhile(line => line.StartsWith("using", StringComparison.Ordinal));
            await File.WriteAllTextAsync(_folder["shop/pipelines/Evenings.cs"], string.Join('\n', [.. usings, "", Pipeline, ""]));
            var build = await File.ReadAllTextAsync(_folder["shop/build/Build.cs"]);
            await File.WriteAllTextAsync(_folder["shop/build/Build.cs"], build.Replace("[new Demand()]", "[new Demand(), new Evenings()]", StringComparison.Ordinal));

            (await BuildAsync("shop/build.sh", "TestModel", "--pipeline", "Evenings")).Expect(0).Output.ShouldContain("verdict Passed");
            File.Exists(_folder["shop/.nuke/build.schema.json"]).ShouldBeTrue();
            await RequireClassifierAsync();
            await RequireOneFileAsync();
        }
        finally
        {
            if (File.Exists(_folder["shop/build.sh"]))
            {
                (await BuildAsync("shop/build.sh", "Stop")).Expect(0);
            }
        }
    }

    // A repository with files of its own, among them a build and one list of all packages' versions: none of them is touched or in the way.
    private async Task RequireClassifierAsync()
    {
        var before = new Dictionary<string, string>
        {
            [".gitignore"] = "dist/\n",
            ["global.json"] = """{"sdk": {"version": "10.0.100", "rollForward": "latestMinor"}}""",
            ["Directory.Packages.props"] = "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>",
            ["Directory.Build.props"] = "<Project><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup></Project>",
            ["build/Build.cs"] = "class Build;",
            ["build.sh"] = "echo theirs",
        };
        Directory.CreateDirectory(_folder["churn/build"]);
        foreach (var (path, text) in before)
        {
            await File.WriteAllTextAsync(_folder[$"churn/{path}"], text);
        }

        (await RunningCommand.RunAsync(_folder["churn"], _environment, "dotnet", "new", "mlopsbuild", "--task", "binary")).ExitCode.ShouldNotBe(0, "build is taken");
        (await RunningCommand.RunAsync(_folder["churn"], _environment, "dotnet", "new", "mlopsbuild", "--task", "binary", "--build-folder", "ml", "--name", "Returns")).Expect(0);

        Directory.GetFiles(_folder["churn/pipelines"]).Select(Path.GetFileName).ShouldBe(["Returns.cs", "CustomerSimulation.cs"], ignoreOrder: true);
        (await BuildAsync("churn/ml.sh", "TestModel")).Expect(0).Output.ShouldContain("Log-loss beats class shares");
        foreach (var (path, text) in before)
        {
            (await File.ReadAllTextAsync(_folder[$"churn/{path}"])).ShouldBe(text);
        }
    }

    // The smallest start: one file in an empty folder, compiled by the SDK when it changes.
    private async Task RequireOneFileAsync()
    {
        Directory.CreateDirectory(_folder["single"]);
        (await RunningCommand.RunAsync(_folder["single"], _environment, "dotnet", "new", "mlopsbuild-file")).Expect(0);
        Directory.GetFileSystemEntries(_folder["single"]).Select(Path.GetFileName).ShouldBe(["build.cs"]);
        try
        {
            var first = (await RunFileAsync("Train", "Deploy")).Expect(0);
            using var caller = new Caller(first.Address);
            ((int)(await caller.PredictAsync("""{"dteday":"2012-11-02","hr":8,"temp":0.34}""")).Status).ShouldBe(200);

            // From elsewhere: the file says where the project is.
            (await RunningCommand.RunAsync(_folder.Path, _environment, "dotnet", "run", "single/build.cs", "--", "Status")).Expect(0).Output.ShouldContain("v1");
            (await RunFileAsync("Lineage", "v7")).Expect(2).Output.ShouldContain("dotnet run build.cs -- History");
        }
        finally
        {
            (await RunFileAsync("Stop")).Expect(0);
        }
    }

    private Task<CommandResult> RunFileAsync(params string[] arguments) =>
        RunningCommand.RunAsync(_folder["single"], _environment, "dotnet", ["run", "build.cs", "--", .. arguments]);

    private Task<CommandResult> BuildAsync(string script, params string[] arguments) =>
        RunningCommand.RunAsync(Path.GetDirectoryName(_folder[script])!, _environment, _folder[script], arguments);
}
