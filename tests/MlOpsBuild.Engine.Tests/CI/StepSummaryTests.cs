using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.CI.Tests;

public sealed class StepSummaryTests : IDisposable
{
    private readonly TestRun _run = new();

    public StepSummaryTests()
    {
        _run.Environment["MLOPS_TOKEN"] = "hunter2";
        _run.Environment["GITHUB_ACTIONS"] = "true";
        _run.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(_run.Root, "summary.md");
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Summary_is_a_table_whose_notes_are_only_text()
    {
        await _run.RunAsync(new HostBuild(), "Noisy");

        _run.Read("summary.md").ShouldBe(
            """
            | Target | Status | Time | Notes |
            | --- | --- | ---: | --- |
            | Data | Succeeded |  | rows: 42 |
            | Noisy | Succeeded |  | note: a\|b &lt;script&gt; @<!-- -->here *** |


            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Summary_goes_after_what_the_step_said_before()
    {
        _run.Write("summary.md", "# Before\n");

        await _run.RunAsync(new HostBuild(), "Data");

        _run.Read("summary.md").ShouldStartWith("# Before\n| Target ");
    }

    [Fact]
    public async Task Summary_that_cannot_be_written_is_a_warning()
    {
        _run.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(_run.Root, "missing", "summary.md");

        (await _run.RunAsync(new HostBuild(), "Data")).ShouldBe(0);

        _run.Output.ShouldContain("Warning: the summary was not written to ");
    }

    [Fact]
    public async Task Wrong_usage_is_an_annotation_too()
    {
        (await _run.RunAsync(new HostBuild(), "Dato")).ShouldBe(2);

        _run.Output.ShouldContain("::error title=Build::Unknown target 'Dato'. Did you mean Data? ");
        _run.Exists("summary.md").ShouldBeFalse();
    }
}
