using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Stages.Tests;

public sealed class TrainStageTests : IDisposable
{
    private readonly StageFolder _folder = new();

    [Fact]
    public async Task Training_says_what_it_used_and_leaves_the_model()
    {
        var (summary, output) = await _folder.RunAsync(new TrainStage(), new TrainInput(_folder.Simulated(), StageFolder.Pipeline()));

        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(output(TrainStage.ModelFile).Path))
            .ShouldBeOfType<LinearModel>();
        (summary.Trainer, summary.Rows, summary.HeldOut, summary.Columns).ShouldBe(("linear", 60 * 24, 60 * 24, model.Coefficients.Length));
        (summary.Split.HoldOut, summary.Split.Through, summary.Split.From, summary.Split.To).ShouldBe(
            ("the last 60 days", new DateTime(2011, 3, 1, 23, 0, 0), new DateTime(2011, 3, 2), new DateTime(2011, 4, 30, 23, 0, 0)));
        model.Target.ShouldBe("cnt");
    }

    /// <summary>A constant of 0.1 has a variance of rounding; divided by it, another value moved a prediction from 4.5 to −22.8.</summary>
    [Fact]
    public void A_column_without_variance_is_left_out_and_told()
    {
        var rows = Modeling.Tests.Sample.Table<Constant>(
            "X,Same,Value\n" + string.Concat(Enumerable.Range(0, 90).Select(row => $"{row % 9},0.1,{row % 9}\n")));
        Features.FeatureSpec[] features =
        [
            new NumberFeature("X"), new NumberFeature("Same"), new SquareFeature("Same"), new OneHotFeature("Same")
        ];

        var training = Training.TrainingRows.Of(rows, features, new(TargetTransform.Identity), standardise: true, seed: 1);

        training.LeftOut.ShouldBe(["number of Same", "square of Same", "values of Same"]);
        training.Fields.Select(field => field.Name).ShouldBe(["X"]);
        Should
            .Throw<StageFailedException>(() => Training.TrainingRows.Of(
                rows, features[1..], new(TargetTransform.Identity), standardise: true, seed: 1))
            .Findings[0].Value.ShouldNotBeNull()
            .ShouldContain("number of Same");
    }

    [Fact]
    public async Task Of_a_window_the_rows_in_it_count()
    {
        var (summary, _) = await _folder.RunAsync(
            new TrainStage(), new TrainInput(_folder.Simulated(), StageFolder.Pipeline() with { Window = TrainingWindow.Last(10) }));
        summary.Rows.ShouldBe(240);

        var failure = await Should.ThrowAsync<StageFailedException>(() => _folder.RunAsync(
            new TrainStage(), new TrainInput(_folder.Simulated(), StageFolder.Pipeline() with { Window = TrainingWindow.Last(2) })));
        (failure.Verdict, failure.Findings[0].Value!.Split(',')[0]).ShouldBe((Verdict.Inconclusive, "48 to train on"));
    }

    [Fact]
    public async Task Two_runs_leave_the_same_bytes()
    {
        var input = new TrainInput(_folder.Simulated(), StageFolder.Pipeline());

        var first = (await _folder.RunAsync(new TrainStage(), input)).Output(TrainStage.ModelFile);
        var second = (await _folder.RunAsync(new TrainStage(), input)).Output(TrainStage.ModelFile);

        second.Digest.ShouldBe(first.Digest);
    }

    [Fact]
    public async Task Rows_held_out_do_not_change_the_model()
    {
        var pipeline = StageFolder.Pipeline();
        var calm = await _folder.RunAsync(new TrainStage(), new TrainInput(_folder.Simulated(days: 120), pipeline));
        var longer = await _folder.RunAsync(
            new TrainStage(), new TrainInput(_folder.Simulated(days: 125), pipeline with { HoldOut = new LastDays(65) }));

        longer.Output(TrainStage.ModelFile).Digest.ShouldBe(calm.Output(TrainStage.ModelFile).Digest);
    }

    [Theory]
    [InlineData(61, 60)]
    [InlineData(120, 120)]
    [InlineData(120, 2)]
    public async Task Too_few_rows_are_inconclusive(int days, int heldOut)
    {
        var pipeline = StageFolder.Pipeline() with { HoldOut = new LastDays(heldOut) };

        var failure = await Should.ThrowAsync<StageFailedException>(() => _folder.RunAsync(
            new TrainStage(), new TrainInput(_folder.Simulated(days), pipeline)));

        failure.Verdict.ShouldBe(Verdict.Inconclusive);
        failure.ExitCode.ShouldBe(ExitCodes.Inconclusive);
        failure.Findings.ShouldHaveSingleItem().Expected.ShouldBe("at least 50 of each");
    }

    [Fact]
    public async Task Data_that_break_the_contract_are_not_trained_on()
    {
        var input = new TrainInput(_folder.Text("instant\n1\n"), StageFolder.Pipeline());

        (await Should.ThrowAsync<StageFailedException>(() => _folder.RunAsync(new TrainStage(), input))).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public void The_key_holds_what_the_model_depends_on_and_nothing_else()
    {
        var data = _folder.Simulated();
        var pipeline = StageFolder.Pipeline();
        var key = Key(data, pipeline);

        Key(data, StageFolder.Pipeline()).ShouldBe(key);
        Key(data, pipeline with { Name = "Other", Gates = [], Slices = [], Canary = new() { FalseAlarm = 0.5 } }).ShouldBe(key);
        PipelineSpec[] changed =
        [
            StageFolder.Pipeline(("ridge", "true"), ("l2", "2")),
            StageFolder.Pipeline(("ridge", "true"), ("hour-by-working-day", "false")),
            pipeline with { Target = new(TargetTransform.Identity) },
            pipeline with { HoldOut = new LastDays(59) },
            pipeline with { Seed = 2 },
            pipeline with { Contract = pipeline.Contract with { Columns = [.. pipeline.Contract.Columns.Reverse()] } },
        ];
        changed.ShouldAllBe(other => !Key(data, other).SequenceEqual(key));
        Key(_folder.Simulated(seed: 2), pipeline).ShouldNotBe(key);
    }

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<StageInput> Key(SnapshotFiles data, PipelineSpec pipeline) => new TrainStage().Key(new(data, pipeline));

    private sealed record Constant(double X, double Same, [property: Data.Contracts.Label] double Value);
}
