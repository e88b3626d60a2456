using System.Globalization;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>A search, from the command line to the model that is trained with what it found.</summary>
public sealed class TuneTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Training_in_the_same_build_takes_the_best_and_its_gates_judge_it()
    {
        (await TuneAsync("Tune", "TestModel", "--trials", "6")).ShouldBe(0, _run.Output);

        var record = await RecordAsync();
        var study = await StudyAsync(record);
        double.Parse(record.Parameters["l2"], CultureInfo.InvariantCulture).ShouldBeLessThan(50_000);
        record.Parameters["l2"].ShouldBe(study.BestTrial.Settings["l2"]);
        record.Trainer.ShouldBe($"linear l2={record.Parameters["l2"]}");
        record.Verdict.ShouldBe(Verdict.Passed);
        (study.Trials.Count, study.Trials[0].Settings["l2"]).ShouldBe((6, "100000"));
        study.Proof!.Difference!.Upper.ShouldBeLessThan(0);
        _run.Output.ShouldContain($"in others by --set l2={record.Parameters["l2"]}, or as the definition's values");
    }

    [Fact]
    public async Task Its_page_lies_beside_the_runs_other_documents()
    {
        await TuneAsync("Tune", "--trials", "4");

        var folder = Path.Combine(_run.Root, ".mlops", "reports", (await RecordAsync()).Id);
        (await File.ReadAllTextAsync(Path.Combine(folder, "tuning.html"))).ShouldContain("RMSE over l2");
        File.Exists(Path.Combine(folder, "tuning.json")).ShouldBeTrue();
    }

    /// <summary>What was tried before the machine died is not tried again: the longer search begins with the shorter one.</summary>
    [Fact]
    public async Task A_search_goes_on_where_it_was()
    {
        await TuneAsync("Tune", "--trials", "8", "--search", "random");
        var before = await StudyAsync(await RecordAsync());

        (await TuneAsync("Tune", "--trials", "12", "--search", "random")).ShouldBe(0, _run.Output);

        _run.Output.Split(", restored;").Length.ShouldBe(9);
        var after = await StudyAsync(await RecordAsync());
        after.Trials.Take(8).Select(trial => trial.Settings["l2"]).ShouldBe(before.Trials.Select(trial => trial.Settings["l2"]));
    }

    [Fact]
    public async Task The_plan_names_the_trials_that_would_be_restored()
    {
        await TuneAsync("Tune", "--trials", "4");

        (await TuneAsync("Tune", "--trials", "4", "--plan")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("4 trials: would be restored");
    }

    [Fact]
    public async Task When_the_time_is_up_the_best_so_far_is_taken()
    {
        (await TuneAsync("Tune", "--trials", "1000", "--search", "halving", "--budget", "1s")).ShouldBe(0, _run.Output);

        var study = await StudyAsync(await RecordAsync());
        study.Trials.Count.ShouldBeLessThan(1000);
        study.BestTrial.Share.ShouldBe(1);
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_options_is_told_at_once()
    {
        (await TuneAsync("Tune", "--trials", "1", "--budget", "10", "--search", "grid", "--folds", "0")).ShouldBe(ExitCodes.WrongUsage);

        foreach (var option in new[] { "--trials", "--budget", "--search", "--folds" })
        {
            _run.Output.ShouldContain($"{option}: Not a value of this option");
        }
    }

    /// <summary>What does not go together is a bad trial among others, with its reason, and no best one.</summary>
    [Fact]
    public async Task Values_that_do_not_go_together_end_no_search()
    {
        (await _run.RunAsync<PickyBuild>("Tune", "--trials", "10", "--search", "random")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("no value (");
        var record = (await _run.Store.Runs.OfAsync(nameof(PickyDemand), CancellationToken.None)).Single();
        var study = await StudyAsync(record);
        study.Trials.Count.ShouldBe(10);
        study.Trials.Where(trial => trial.Settings["window"] == "none").ShouldAllBe(trial => trial.Value == null && trial.Failure != null);
        study.BestTrial.Settings["window"].ShouldBe("all");
    }

    [Fact]
    public async Task A_pipeline_without_ranges_has_nothing_to_choose()
    {
        (await _run.RunAsync<TuningBuild>("Tune", "--pipeline", nameof(SmallDemand))).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("There is nothing to choose");
    }

    [Fact]
    public async Task Beside_others_it_is_passed_over()
    {
        (await _run.RunAsync<TuningBuild>("Tune", "--trials", "4")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("SmallDemand gives no parameter a range: nothing is searched");
    }

    [Fact]
    public async Task A_parameter_that_the_caller_sets_is_not_searched()
    {
        (await TuneAsync("Tune", "--set", "l2=5")).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("There is nothing to choose");
    }

    private Task<int> TuneAsync(params string[] arguments) =>
        _run.RunAsync<TuningBuild>([.. arguments, "--pipeline", nameof(TunedDemand)]);

    private async Task<RunRecord> RecordAsync() =>
        (await _run.Store.Runs.OfAsync(nameof(TunedDemand), CancellationToken.None)).OrderBy(run => run.Id, StringComparer.Ordinal).Last();

    private async Task<TuningResult> StudyAsync(RunRecord record) =>
        CanonicalJson.Deserialize<TuningResult>(await _run.Store.Blobs.ReadAsync(record.Tuning!.Value, CancellationToken.None));
}
