using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class RunSummaryTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Table_shows_status_and_notes_of_every_target()
    {
        await _run.RunAsync(new OutputBuild(), "Train", "--epochs", "1");

        Cells("Train").ShouldBe(["Train", "Succeeded", "", "RMSE: 42.1, cached"]);
        Cells("Report").ShouldBe(["Report", "Skipped", "", "more than one epoch"]);
    }

    [Fact]
    public async Task Single_success_needs_no_table()
    {
        await _run.RunAsync(new OutputBuild(), "Data");

        _run.Output.ShouldNotContain("Status");
    }

    [Fact]
    public async Task Single_failure_has_a_table()
    {
        await _run.RunAsync(new OutputBuild(), "Broken");

        Cells("Broken")[1].ShouldBe("Failed");
    }

    [Fact]
    public async Task Quiet_run_has_no_table()
    {
        await _run.RunAsync(new OutputBuild(), "Train", "--verbosity", "quiet");

        _run.Output.ShouldBe("");
    }

    private string[] Cells(string target) =>
        [.. _run.Output.Split('\n')
            .Single(line => line.StartsWith($"| {target} ", StringComparison.Ordinal))
            .Trim()
            .Trim('|')
            .Split('|')
            .Select(cell => cell.Trim())];
}
