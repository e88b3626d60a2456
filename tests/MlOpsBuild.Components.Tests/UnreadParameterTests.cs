using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Tests;

/// <summary>A value that is taken and does nothing lets its caller believe that it did.</summary>
public sealed class UnreadParameterTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("--port does nothing for Status; it goes with Deploy", "Status", "--port", "80")]
    [InlineData("--reason does nothing for Status; it goes with", "Status", "--reason", "x")]
    [InlineData("--shadow does nothing for Status; it goes with Deploy", "Status", "--shadow")]
    [InlineData("--dry-run does nothing for History; it goes with Deploy, Doctor", "History", "--dry-run")]
    [InlineData("--inject-fault does nothing for Train; it goes with Deploy", "Train", "--inject-fault", "errors=0.1")]
    [InlineData("--reason does nothing for Train; it goes with", "Train", "--reason", "x")]
    [InlineData("--port does nothing for Train; it goes with Deploy", "Train", "--port", "80", "--plan")]
    [InlineData("--at does nothing for Status; it goes with History.", "Status", "--at", "2026-11-20")]
    [InlineData("--keep does nothing for Sync; it goes with Prune.", "Sync", "--keep", "20")]
    [InlineData("--false-alarm does nothing for GateSelfTest; it goes with CanarySelfTest, ReplayCanary.", "GateSelfTest", "--false-alarm", "0.1")]
    [InlineData("--data does nothing for Status; it goes with", "Status", "--data", "x.csv")]
    public async Task A_parameter_that_no_planned_target_reads_is_refused(string told, params string[] arguments)
    {
        (await _run.RunAsync<DeployingBuild>(arguments)).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain(told);
        Directory.Exists(Path.Combine(_run.Root, ".mlops")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Train", "Deploy", "--port", "80")]
    [InlineData("Train", "Deploy", "--data", "x.csv", "--inject-fault", "errors=0.1", "--dry-run")]
    [InlineData("Status", "--pipeline", "SmallDemand", "--environment", "docker", "--remote", "git")]
    [InlineData("Doctor", "--dry-run")]
    [InlineData("Lineage", "v3", "--as", "mermaid")]
    [InlineData("Approve", "v3", "--reason", "seen")]
    [InlineData("History", "--at", "2026-11-20")]
    [InlineData("ReplayCanary", "x", "--false-alarm", "0.1")]
    public async Task What_a_planned_target_reads_is_taken(params string[] arguments) =>
        (await _run.RunAsync<DeployingBuild>([.. arguments, "--plan"])).ShouldBe(0, _run.Output);

    [Fact]
    public async Task What_the_environment_says_is_for_all_builds_and_no_mistake()
    {
        _run.Environment["MLOPS_PORT"] = "80";
        _run.Environment["MLOPS_REASON"] = "the release";

        (await _run.RunAsync<DeployingBuild>("Status")).ShouldBe(0, _run.Output);
    }

    [Theory]
    [InlineData("99999")]
    [InlineData("-5")]
    public async Task A_port_that_is_none_is_refused_before_anything_is_trained(string port)
    {
        (await _run.RunAsync<DeployingBuild>("Train", "Deploy", $"--port={port}")).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("needs a --port from 1 to 65535");
    }
}
