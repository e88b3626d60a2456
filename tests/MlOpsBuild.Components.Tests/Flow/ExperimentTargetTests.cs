using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class ExperimentTargetTests : IDisposable
{
    private const string Pipeline = nameof(ExperimentingBuild.TestedDemand);
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly TestRun _run = new();
    private readonly StringBuilder _log = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("needs --model-version", "StartExperiment")]
    [InlineData("needs a decision", "EndExperiment", "--reason", "r")]
    [InlineData("needs --reason", "EndExperiment", "keep")]
    [InlineData("MLB7151", "EndExperiment", "perhaps", "--reason", "r")]
    [InlineData("MLB7152", "EndExperiment", "keep", "--reason", "r")]
    [InlineData("MLB7155", "StartExperiment", "--model-version", "1", "--share", "100")]
    [InlineData("MLB7034", "StartExperiment", "--model-version", "1")]
    public async Task A_wrong_call_is_told_before_anything_begins(string problem, params string[] arguments)
    {
        (await _run.RunAsync<ExperimentingBuild>(arguments)).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain(problem);
    }

    [Fact]
    public async Task A_pipeline_that_declares_no_test_says_how_one_is_declared()
    {
        (await _run.RunAsync<DeployingBuild>("StartExperiment", "--model-version", "1")).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("MLB7150");
        _run.Output.ShouldContain(".Experiment(\"revenue\"");
    }

    [Fact]
    public async Task Without_anything_known_of_the_metric_a_dry_run_says_what_is_missing()
    {
        await _run.Store.RegisterAsync(2, Pipeline);

        (await _run.RunAsync<ExperimentingBuild>("StartExperiment", "--model-version", "2", "--dry-run"))
            .ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("MLB2076");
    }

    [Fact]
    public async Task A_dry_run_tells_users_days_and_what_would_be_seen_and_begins_nothing()
    {
        await _run.Store.RegisterAsync(2, Pipeline);

        // 200 units, of whom every other one rented 3 and the others 1, two hours ago: mean 2, deviation 1.
        foreach (var unit in Enumerable.Range(0, 200))
        {
            Log(-2, unit);
            Log(-1.9, unit, "rentals", unit % 2 == 0 ? 3 : 1);
        }

        Log(-10, 999);
        await WriteAsync();

        (await _run.RunAsync<ExperimentingBuild>("StartExperiment", "--model-version", "2", "--dry-run")).ShouldBe(0, _run.Output);

        // (1.96 + 0.84)² · (2 · 1.21 + 2) · 1.0050 / 0.2² = 871.7 of both arms.
        _run.Output.ShouldContain("rentals per unit: mean 2, deviation 1.003 (seen of 200 units before)");
        _run.Output.ShouldContain("made for 872 units, 50 % of them");
        _run.Output.ShouldContain("outcomes of a unit count for 1 hour from its first request on");
        _run.Output.ShouldContain("at 482 new units a day it takes about 2 days");
        _run.Output.ShouldContain("a dry run: nothing was changed");
        Directory.Exists(Path.Combine(_run.Store.Folder, "experiments")).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_there_was_no_test_that_is_what_is_told()
    {
        await _run.Store.RegisterAsync(1, Pipeline);

        (await _run.RunAsync<ExperimentingBuild>("Experiment")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain($"{Pipeline}/local: no A/B test yet");
        (await _run.RunAsync<ExperimentingBuild>("Experiment", "--json")).ShouldBe(0, _run.Output);
        JsonNode.Parse(_run.Output)!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(5, 0, "Better")]
    [InlineData(0, 0, "Same")]
    [InlineData(-5, ExitCodes.GateSaidNo, "Worse")]
    public async Task How_a_test_stands_is_told_with_its_figures(double difference, int exitCode, string verdict)
    {
        await BeginAsync(400, unit => unit % 2 == 1, difference);

        (await _run.RunAsync<ExperimentingBuild>("Experiment")).ShouldBe(exitCode, _run.Output);

        _run.Output.ShouldContain("v2 against v1 on local by rentals per unit, 50 % of units, valid at any look");
        _run.Output.ShouldContain("units: 400 complete of 400");
        _run.Output.ShouldContain($"{verdict}: rentals per unit differs by");
        _run.Output.Contains("MLB7153", StringComparison.Ordinal).ShouldBe(exitCode != 0);
    }

    [Fact]
    public async Task A_broken_split_is_an_error_and_tells_nothing_of_the_difference()
    {
        await BeginAsync(400, unit => unit % 5 == 0, 50);

        (await _run.RunAsync<ExperimentingBuild>("Experiment")).ShouldBe(ExitCodes.TargetBroke, _run.Output);

        _run.Output.ShouldContain("MLB7154");
        _run.Output.ShouldContain("Broken: 80 of 400 units");
        _run.Output.ShouldNotContain("difference:");
    }

    [Fact]
    public async Task A_fixed_horizon_tells_nothing_of_the_difference_before_it()
    {
        await BeginAsync(300, unit => unit % 2 == 1, -50, ExperimentDesign.FixedHorizon);

        (await _run.RunAsync<ExperimentingBuild>("Experiment")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("Running: 300 of 400 units are complete");
        _run.Output.ShouldNotContain("difference:");
        _run.Output.ShouldNotContain("60.0");
    }

    [Fact]
    public async Task The_document_has_record_look_and_notes()
    {
        await BeginAsync(400, unit => unit % 2 == 1, 5);
        Log(-3, 1, "clicks", 1);
        await WriteAsync();

        (await _run.RunAsync<ExperimentingBuild>("Experiment", "--json")).ShouldBe(0, _run.Output);

        var state = JsonNode.Parse(_run.Output)!.AsArray().ShouldHaveSingleItem()!;
        state["record"]!["version"]!.GetValue<int>().ShouldBe(2);
        state["look"]!["verdict"]!.GetValue<string>().ShouldBe("Better");
        state["inForce"]!.GetValue<bool>().ShouldBeFalse();
        state["notes"]!.AsArray().Select(note => note!.GetValue<string>())
            .ShouldContain("outcomes of other metrics came, which do not count here: clicks");
    }

    [Fact]
    public async Task What_was_last_seen_is_what_page_and_report_show()
    {
        var record = await BeginAsync(400, unit => unit % 2 == 1, 5);
        (await ReportMaterial.ExperimentAsync(_run.Store, Pipeline, "local", CancellationToken.None))!.Look.ShouldBeNull();

        (await _run.RunAsync<ExperimentingBuild>("Experiment")).ShouldBe(0, _run.Output);

        var shown = (await ReportMaterial.ExperimentAsync(_run.Store, Pipeline, "local", CancellationToken.None))!;
        (shown.Id, shown.Look!.Verdict).ShouldBe((record.Id, ExperimentVerdict.Better));
        (await ReportMaterial.ExperimentAsync(_run.Store, Pipeline, "docker", CancellationToken.None)).ShouldBeNull();
    }

    private async Task<ExperimentRecord> BeginAsync(
        int units, Func<int, bool> treated, double difference, ExperimentDesign design = ExperimentDesign.AlwaysValid)
    {
        await _run.Store.RegisterAsync(2, Pipeline);
        var records = new ExperimentStore(_run.Store);
        var record = new ExperimentRecord
        {
            Id = records.NewId(Now, 2), Pipeline = Pipeline, Environment = "local", Version = 2, From = 1,
            Policy = ExperimentingBuild.TestedDemand.Policy with { Design = design, Before = null },
            Plan = new(400, 400, 1, 1, 10, 1, 0, 1), Seed = 1, Started = Now.AddHours(-5), Actor = "tester",
        };
        await records.SaveAsync(record, CancellationToken.None);
        foreach (var unit in Enumerable.Range(0, units))
        {
            var arm = treated(unit) ? ExperimentArm.Treatment : ExperimentArm.Control;
            Log(-4, unit, record.Id, arm);
            Log(-3.9, unit, "rentals", 10 + (unit / 2 % 2) + (treated(unit) ? difference : 0));
        }

        await WriteAsync();
        return record;
    }

    private void Log(double hours, int unit, string? test = null, ExperimentArm? arm = null) =>
        Add(new(Now.AddHours(hours), Name(unit)) { Experiment = test, Arm = arm });

    private void Log(double hours, int unit, string metric, double value) =>
        Add(new(Now.AddHours(hours), Name(unit)) { Metric = metric, Value = value });

    private static string Name(int unit) => unit.ToString("x24", CultureInfo.InvariantCulture);

    private void Add(UnitEntry entry) =>
        _log.Append(Encoding.UTF8.GetString(CanonicalJson.Serialize(entry)).ReplaceLineEndings("")).Append('\n');

    private Task WriteAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_run.Root, ".mlops", "predictions", $"{Pipeline}.local")).FullName;
        return File.WriteAllTextAsync(Path.Combine(folder, "units-20260101-000001.jsonl"), _log.ToString());
    }
}
