using System.Text.Json;
using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Planning.Tests;

public sealed class PlanForecastTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly ForecastingBuild _build = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Each_target_says_what_it_would_do_and_none_does_it()
    {
        (await _run.RunAsync(_build, "Package", "--plan")).ShouldBe(0);

        _build.Ran.ShouldBeEmpty();
        _build.Asked.ShouldBe(["Data", "Train", "Package"]);
        _run.Output.ShouldBe(
            """
              1. Data: needed by Train; would be restored
                   Data: would be restored
              2. Train: needed by Package; after Data; would be restored
                   Train: would be restored
              3. Package: named; after Train; would be restored
                   Package: would be restored

            """);
    }

    [Fact]
    public async Task What_waits_for_a_target_that_would_run_is_not_asked_and_would_run_too()
    {
        _build.With("Train", true, "fit: would be restored", "train: would run (rows 1 → 2)");

        await _run.RunAsync(_build, "Package", "--plan");

        _build.Asked.ShouldBe(["Data", "Train"]);
        _run.Output.ShouldContain(
            "  2. Train: needed by Package; after Data; would run\n       fit: would be restored\n       train: would run (rows 1 → 2)\n");
        _run.Output.ShouldContain("  3. Package: named; after Train; would run\n       Train would run before it\n");
    }

    [Fact]
    public async Task A_target_that_cannot_tell_would_run_and_says_no_more()
    {
        await _run.RunAsync(_build, "Check", "--plan");

        _run.Output.ShouldContain("  4. Deploy: needed by Check; after Package\n");
        _run.Output.ShouldContain("       Deploy would run before it\n");
        _build.Asked.ShouldBe(["Data", "Train", "Package"]);
    }

    [Fact]
    public async Task A_target_that_only_follows_another_is_asked_whatever_that_one_would_do()
    {
        _build.With("Train", true, "train: would run (first run)");

        await _run.RunAsync(_build, "Train", "Report", "--plan");

        _build.Asked.ShouldBe(["Data", "Train", "Report"]);
    }

    [Fact]
    public async Task A_target_that_is_left_out_is_not_asked()
    {
        await _run.RunAsync(_build, "Deploy", "--plan", "--skips");

        _build.Asked.ShouldBeEmpty();
        _run.Output.ShouldContain("Package: needed by Deploy; after Train; skipped: skips\n");
    }

    [Fact]
    public async Task As_json_every_row_says_whether_it_would_run_and_its_steps()
    {
        _build.With("Train", true, "train: would run (first run)");

        (await _run.RunAsync(_build, "Deploy", "--plan", "--json")).ShouldBe(0);

        using var plan = JsonDocument.Parse(_run.Output);
        var rows = plan.RootElement.EnumerateArray().ToList();
        rows.Select(row => row.GetProperty("wouldRun").GetBoolean()).ShouldBe([false, true, true, true]);
        rows.Select(row => string.Join('|', row.GetProperty("steps").EnumerateArray()))
            .ShouldBe(["Data: would be restored", "train: would run (first run)", "Train would run before it", ""]);
        _build.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forecast_hears_when_it_shall_stop()
    {
        using var stopping = new CancellationTokenSource();
        using var run = new TestRun { Stopping = stopping.Token };

        await run.RunAsync(_build, "Data", "--plan");

        _build.Heard.ShouldBe(stopping.Token);
    }

    [Fact]
    public async Task Without_plan_nobody_is_asked()
    {
        await _run.RunAsync(_build, "Package");

        _build.Asked.ShouldBeEmpty();
        _build.Ran.ShouldBe(["Data", "Train", "Package"]);
    }
}
