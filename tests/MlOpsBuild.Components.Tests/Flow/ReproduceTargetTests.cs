using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What is in the way of making a version once more; that it is made is tested from the command line on.</summary>
public sealed class ReproduceTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("Nothing serves yet", ExitCodes.WrongUsage, "Reproduce")]
    [InlineData("No version is called that 'v9'", ExitCodes.WrongUsage, "Reproduce", "v9")]
    [InlineData("It cannot be made once more 'no model was trained in it'", ExitCodes.Inconclusive, "Reproduce", "v1")]
    public async Task A_version_that_cannot_be_made_once_more_says_why(string told, int exitCode, params string[] arguments)
    {
        await _run.Store.RegisterAsync(1);

        (await _run.RunAsync<DeployingBuild>(arguments)).ShouldBe(exitCode, _run.Output);

        _run.Output.ShouldContain(told);
    }

    [Fact]
    public async Task Data_that_nobody_has_any_more_are_told()
    {
        await _run.Store.RegisterAsync(1);
        var run = (await _run.RecordsAsync()).Single();
        await _run.Store.Runs.SaveAsync(run with { Model = Digest.Of("model"), DataSource = "gone.csv" }, CancellationToken.None);

        (await _run.RunAsync<DeployingBuild>("Reproduce", "v1")).ShouldBe(ExitCodes.Inconclusive, _run.Output);

        _run.Output.ShouldContain("gone.csv: Neither the store nor its place has the data");
    }

    [Fact]
    public async Task A_commit_that_nobody_has_is_told_and_nothing_is_left_behind()
    {
        await _run.Store.RegisterAsync(1);
        var run = (await _run.RecordsAsync()).Single();
        await _run.Store.Runs.SaveAsync(run with { Model = Digest.Of("model"), Simulated = true }, CancellationToken.None);

        (await _run.RunAsync<DeployingBuild>("Reproduce", "v1")).ShouldBe(ExitCodes.TargetBroke, _run.Output);

        _run.Output.ShouldContain("The build of its commit made no model");
        Directory.Exists(Path.Combine(_run.Root, ".nuke", "temp", "reproduce")).ShouldBeFalse();
    }
}
