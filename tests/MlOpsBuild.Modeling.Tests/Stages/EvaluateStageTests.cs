using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Stages.Tests;

public sealed class EvaluateStageTests : IDisposable
{
    private readonly StageFolder _folder = new();

    [Fact]
    public async Task Predictions_come_with_days_labels_and_slices()
    {
        var (rows, model) = await TrainAsync();

        var (metrics, output) = await _folder.RunAsync(new EvaluateStage(), new EvaluateInput(model, rows));

        var set = CanonicalJson.Deserialize<PredictionSet>(await File.ReadAllBytesAsync(output(EvaluateStage.PredictionsFile).Path));
        set.Predictor.ShouldBe(model.Digest.ToString());
        set.Labels.Length.ShouldBe(60 * 24);
        set.Block.Distinct().ShouldBe([.. Enumerable.Range(new DateOnly(2011, 3, 2).DayNumber, 60)]);
        set.Slices["workingday"].Distinct().Order().ShouldBe([0, 1]);
        metrics.Single(metric => metric.Name == "RMSE").Value.ShouldBe(Metrics.Rmse.Of(set));
    }

    [Fact]
    public async Task Rows_as_requests_give_the_same_predictions_to_the_bit()
    {
        var (rows, artifact) = await TrainAsync();
        var (_, output) = await _folder.RunAsync(new EvaluateStage(), new EvaluateInput(artifact, rows));
        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(artifact.Path));
        var set = CanonicalJson.Deserialize<PredictionSet>(await File.ReadAllBytesAsync(output(EvaluateStage.PredictionsFile).Path));
        var reader = new RowReader(model.Fields, rows.Contract.KnownWhenPredicting);

        var lines = await File.ReadAllLinesAsync(output(EvaluateStage.RowsFile).Path);

        lines.Length.ShouldBe(set.Labels.Length);
        foreach (var (index, line) in lines.Index())
        {
            var row = JsonSerializer.Deserialize<LabelledRow>(line, CanonicalJson.Options)!;
            var values = reader.Read(JsonSerializer.SerializeToElement(row.Features), "row", [])!;
            row.Label.ShouldBe(set.Labels[index]);
            row.Prediction.ShouldBe(set.Predictions[index]);
            model.Predict(values.Input).ShouldBe(row.Prediction);
        }
    }

    [Fact]
    public async Task A_model_that_needs_a_field_the_data_lack_is_an_error()
    {
        var model = Stored<Full>("Day,Colour,X,Value\n", "X");

        var failure =
            await Should.ThrowAsync<StageFailedException>(() => EvaluateAsync<WithoutX>(model, "Day,Colour,Value\n2011-01-01,red,1\n"));

        failure.Verdict.ShouldBe(Verdict.Error);
        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe("X");
    }

    [Fact]
    public async Task A_model_of_other_categories_does_not_take_one_colour_for_another()
    {
        // Category indexes differ between the contracts: red is 0 for the model and 1 for the data.
        var model = Stored<Full>("Day,Colour,X,Value\n", "Colour");

        var failure = await Should.ThrowAsync<StageFailedException>(() => EvaluateAsync<Reordered>(
            model, "Day,Colour,X,Value\n2011-01-01,red,1,10\n"));

        failure.Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public async Task A_category_the_model_does_not_know_is_an_error_that_says_so()
    {
        var model = Stored<Full>("Day,Colour,X,Value\n", "Colour");

        var failure = await Should.ThrowAsync<StageFailedException>(() => EvaluateAsync<MoreColours>(
            model, "Day,Colour,X,Value\n2011-01-01,blue,1,10\n"));

        failure.Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public void The_key_is_the_model_and_the_rows()
    {
        var rows = Rows(_folder.Simulated());
        var model = new Artifact(Digest.Of("model"), "here");
        var key = new EvaluateStage().Key(new(model, rows));

        new EvaluateStage().Key(new(model with { Path = "there" }, rows)).ShouldBe(key);
        new EvaluateStage().Key(new(model with { Digest = Digest.Of("other") }, rows)).ShouldNotBe(key);
        new EvaluateStage().Key(new(model, rows with { HoldOut = new LastDays(3) })).ShouldNotBe(key);
        new EvaluateStage().Key(new(model, rows with { Slices = [] })).ShouldNotBe(key);
    }

    public void Dispose() => _folder.Dispose();

    private static HoldOutRows Rows(SnapshotFiles data) => HoldOutRows.Of(data, StageFolder.Pipeline());

    private async Task<(HoldOutRows Rows, Artifact Model)> TrainAsync()
    {
        var data = _folder.Simulated();
        var (_, output) = await _folder.RunAsync(new TrainStage(), new TrainInput(data, StageFolder.Pipeline()));
        return (Rows(data), output(TrainStage.ModelFile));
    }

    private Artifact Stored<TRow>(string header, string column)
    {
        var rows = Modeling.Tests.Sample.Table<TRow>(header + "2011-01-01,red,1,10\n2011-01-02,green,2,90\n2011-01-03,red,3,12\n");
        var model = Modeling.Tests.Fitted.By(new Training.Linear.LinearTrainer(0.1), rows, [new OneHotFeature(column)]);
        return _folder.Write("model.json", CanonicalJson.Serialize(model));
    }

    private async Task EvaluateAsync<TRow>(Artifact model, string csv) =>
        await _folder.RunAsync(new EvaluateStage(), new EvaluateInput(
            model, new(_folder.Text(csv), ContractReader.Of<TRow>(), new LastDays(1), new(TargetTransform.Identity), [], 1)));

    private sealed record Full(
        [property: Timestamp] DateOnly Day,
        [property: Categories("red", "green")] string Colour,
        double X,
        [property: Label] double Value);

    private sealed record WithoutX(
        [property: Timestamp] DateOnly Day,
        [property: Categories("red", "green")] string Colour,
        [property: Label] double Value);

    private sealed record Reordered(
        [property: Timestamp] DateOnly Day,
        [property: Categories("green", "red")] string Colour,
        double X,
        [property: Label] double Value);

    private sealed record MoreColours(
        [property: Timestamp] DateOnly Day,
        [property: Categories("red", "green", "blue")] string Colour,
        double X,
        [property: Label] double Value);
}
