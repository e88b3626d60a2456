using System.Text.Json;
using MlOpsBuild.Engine.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class PlanTextTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Plan_says_order_reason_and_waits_and_runs_nothing()
    {
        (await _run.RunAsync(new OutputBuild(), "Train", "--plan")).ShouldBe(0);

        _run.Output.ShouldBe("  1. Data: needed by Train\n  2. Train: named; after Data\n  3. Report: triggered by Train\n");
        _run.Exists(".mlops/last-run.json").ShouldBeFalse();
    }

    [Fact]
    public async Task Plan_says_what_would_be_skipped_and_why()
    {
        await _run.RunAsync(new OutputBuild(), "Train", "--plan", "--epochs", "1");

        _run.Output.ShouldContain("3. Report: triggered by Train; skipped: more than one epoch\n");
    }

    [Fact]
    public void The_plan_has_a_published_schema() =>
        DocumentSchema.ShouldBeIn(
            DocumentSchema.Of(typeof(IReadOnlyList<PlanRow>), "--plan --json of MlOpsBuild", PlanText.Json), "src", "docs", "schemas",
            "plan.schema.json");

    [Theory]
    [InlineData("--json", "--json does nothing for Train; it goes with --plan.")]
    [InlineData("--mermaid", "--mermaid does nothing without --plan.")]
    [InlineData("--exit-code", "--exit-code does nothing without --plan.")]
    public async Task A_switch_that_would_do_nothing_is_refused(string given, string why)
    {
        (await _run.RunAsync(new OutputBuild(), "Train", given)).ShouldBe(2);

        _run.Errors.ShouldBe([why]);
    }

    [Fact]
    public async Task Json_plan_is_nothing_but_json()
    {
        (await _run.RunAsync(new OutputBuild(), "Train", "--plan", "--json", "--epochs", "1")).ShouldBe(0);

        using var plan = JsonDocument.Parse(_run.Output);
        var rows = plan.RootElement.EnumerateArray().ToList();
        rows.Select(row => row.GetProperty("name").GetString()).ShouldBe(["Data", "Train", "Report"]);
        rows.Select(row => row.GetProperty("order").GetInt32()).ShouldBe([1, 2, 3]);
        rows.Select(row => row.GetProperty("why").GetString()).ShouldBe(["needed by Train", "named", "triggered by Train"]);
        rows[1].GetProperty("waitsFor").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Data"]);
        rows.Select(row => row.GetProperty("skipped").GetString()).ShouldBe([null, null, "more than one epoch"]);
    }

    [Fact]
    public async Task Plan_checks_requirements_and_parameters_too() =>
        (await _run.RunAsync(new OutputBuild(), "Train", "--plan", "--epochs", "x")).ShouldBe(2);

    [Fact]
    public async Task Mermaid_plan_draws_every_edge_and_marks_what_is_skipped()
    {
        (await _run.RunAsync(new OutputBuild(), "Train", "--plan", "--mermaid", "--epochs", "1")).ShouldBe(0);

        _run.Output.ShouldBe("""
            flowchart TD
              Data["Data"]
              Train["Train"]
              Data --> Train
              Report["Report: skipped, more than one epoch"]:::skipped
              classDef skipped stroke-dasharray: 5 5

            """);
    }

    [Fact]
    public async Task The_exit_code_tells_whether_something_would_run_when_it_is_asked()
    {
        (await _run.RunAsync(new OutputBuild(), "Train", "--plan", "--exit-code")).ShouldBe(5);
        (await _run.RunAsync(new OutputBuild(), "Train", "--plan")).ShouldBe(0);
    }
}
