using System.Text;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Tests;

/// <summary>The components in one process, on the simulator.</summary>
public sealed class ComponentRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Package_runs_every_stage_once_and_nothing_the_second_time()
    {
        var first = await BuildResult.RunAsync(_folder, "Package");
        first.ExitCode.ShouldBe(0, first.Output);
        first.Output.ShouldContain("SIMULATED");
        first.Run().GetProperty("stagesExecuted").GetInt32().ShouldBe(15, "four layers and the image among them");
        first.Run().GetProperty("processesStarted").GetInt32().ShouldBe(1);

        var second = await BuildResult.RunAsync(_folder, "Package");
        second.ExitCode.ShouldBe(0, second.Output);
        second.Run().GetProperty("stagesExecuted").GetInt32().ShouldBe(0);
        second.Run().GetProperty("processesStarted").GetInt32().ShouldBe(0);
        second.Run().GetProperty("version").GetInt32().ShouldBe(first.Run().GetProperty("version").GetInt32());
        second.Output.ShouldContain("train: restored");
    }

    [Fact]
    public async Task A_changed_parameter_runs_only_what_depends_on_it_and_says_why()
    {
        await BuildResult.RunAsync(_folder, "Train");
        var second = await BuildResult.RunAsync(_folder, "Train", "--set", "trees=101");
        second.Output.ShouldContain("validate: restored");
        second.Output.ShouldContain("train runs: trainer fast-tree trees=100");
    }

    [Fact]
    public async Task A_gate_that_fails_ends_with_exit_code_3_and_packages_nothing()
    {
        var result = await BuildResult.RunAsync(_folder, "Package", "--set", "trees=5");
        result.ExitCode.ShouldBe(3, result.Output);
        Directory.Exists(_folder[".mlops/registry"]).ShouldBeFalse();
        result.Run().GetProperty("verdict").GetString().ShouldBe("Failed");
    }

    [Fact]
    public async Task A_report_is_written_even_when_the_gates_fail()
    {
        var result = await BuildResult.RunAsync(_folder, "TestModel", "Report", "--set", "trees=5");
        result.ExitCode.ShouldBe(3, result.Output);
        Directory.GetFiles(_folder[".mlops/reports"], "report.md", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task On_a_build_server_nothing_ships_that_was_not_asked_for()
    {
        var result = await BuildResult.RunAsync(_folder, new Dictionary<string, string> { ["CI"] = "true" }, "Deploy");
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldContain("Deploy requires");
        Directory.Exists(_folder[".mlops/runs"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Data_from_a_file_is_not_called_simulated()
    {
        await File.WriteAllBytesAsync(_folder["data.csv"], DemandSimulator.Write(new()));
        var result = await BuildResult.RunAsync(_folder, "Train", "--data", "data.csv");
        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.ShouldNotContain("SIMULATED");
        result.Run().GetProperty("dataSource").GetString().ShouldBe("data.csv");
    }

    [Theory]
    [InlineData("--data", "nowhere.csv", "Data file not found", 2)]
    [InlineData("--pipeline", "Nobody", "Unknown pipeline 'Nobody'", 2)]
    [InlineData("--set", "l3=1", "Unknown pipeline parameter", 2)]
    [InlineData("--set", "trees=abc", "Not a value of this parameter 'abc'", 2)]
    public async Task A_wrong_call_says_what_is_wrong(string name, string value, string words, int exitCode)
    {
        var result = await BuildResult.RunAsync(_folder, "Train", name, value);
        result.ExitCode.ShouldBe(exitCode);
        result.Output.ShouldContain(words);
    }

    [Fact]
    public async Task Data_that_breaks_its_contract_names_every_problem_and_trains_nothing()
    {
        var lines = Encoding.UTF8.GetString(DemandSimulator.Write(new())).Split('\n');
        lines[5] = lines[5].Replace(",0,", ",x,", StringComparison.Ordinal);
        lines[9] = lines[8];
        await File.WriteAllTextAsync(_folder["bad.csv"], string.Join('\n', lines));
        var result = await BuildResult.RunAsync(_folder, "Train", "--data", "bad.csv");
        result.ExitCode.ShouldBe(3, result.Output);
        result.Output.ShouldContain("bad.csv, line 6, column");
        result.Output.ShouldContain("Repeated value");
        result.Output.ShouldNotContain("train runs");
    }

    [Fact]
    public async Task Nothing_to_report_nothing_to_roll_back_nothing_to_deploy_are_wrong_calls()
    {
        (await BuildResult.RunAsync(_folder, "Report")).ExitCode.ShouldBe(2);
        (await BuildResult.RunAsync(_folder, "Rollback", "--reason", "none")).ExitCode.ShouldBe(2);
        (await BuildResult.RunAsync(_folder, "Deploy", "--model-version", "3")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Status_and_stop_of_nothing_are_no_failures()
    {
        (await BuildResult.RunAsync(_folder, "Status")).Output.ShouldContain("Nothing has been deployed yet");
        (await BuildResult.RunAsync(_folder, "Stop")).ExitCode.ShouldBe(0);
    }
}
