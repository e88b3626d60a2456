using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Stages.Tests;

namespace MlOpsBuild.Modeling.Explaining.Tests;

public sealed class ExplainStageTests : IDisposable
{
    private readonly StageFolder _folder = new();

    [Fact]
    public async Task What_a_model_reads_is_told_in_the_order_of_its_worth()
    {
        var told = await ExplainAsync(StageFolder.Pipeline() with { HoldOut = new LastDays(30) });

        told.Metric.ShouldBe("RMSE");
        told.Columns[0].Column.ShouldBe("hr");
        told.Columns[0].Loss!.Value.ShouldBeGreaterThan(20);
        told.Columns[0].Interval!.Lower.ShouldBeGreaterThan(0);
        told.Columns.Where(column => column.Loss != null).Select(column => column.Loss!.Value).ShouldBeInOrder(SortDirection.Descending);
        told.Unit.ShouldBe("log(1 + cnt)");
    }

    /// <summary>Hour by working day is one feature of two inputs: it adds as one, and each input is shuffled by itself.</summary>
    [Fact]
    public async Task A_pair_of_inputs_adds_as_one_and_is_not_shuffled()
    {
        var told = await ExplainAsync(StageFolder.Pipeline() with { HoldOut = new LastDays(30) });

        var pair = told.Columns.Single(column => column.Column.Contains('×', StringComparison.Ordinal));
        pair.Loss.ShouldBeNull();
        pair.Contribution!.Value.ShouldBeGreaterThan(0);
        told.Columns.ShouldContain(column => column.Column == "workingday" && column.Loss > 0);
    }

    [Fact]
    public async Task The_same_model_and_rows_give_the_same_bytes()
    {
        var pipeline = StageFolder.Pipeline() with { HoldOut = new LastDays(30) };

        CanonicalJson.Serialize(await ExplainAsync(pipeline)).ShouldBe(CanonicalJson.Serialize(await ExplainAsync(pipeline)));
    }

    [Fact]
    public async Task Predictions_are_told_by_the_values_of_the_most_important_inputs()
    {
        var told = await ExplainAsync(StageFolder.Pipeline() with { HoldOut = new LastDays(30) });

        told.Dependence.Count.ShouldBeInRange(2, 4);
        var hours = told.Dependence.Single(dependence => dependence.Column == "hr");
        hours.Of.ShouldBe("cnt");
        hours.Points.Select(point => point.Value).ShouldBe(Enumerable.Range(0, 24).Select(hour => (double)hour));
        hours.Points[17].Prediction.ShouldBeGreaterThan(hours.Points[3].Prediction * 3);
    }

    [Fact]
    public async Task Values_of_personal_data_are_not_shown_and_their_worth_is()
    {
        var told = await ExplainAsync(StageFolder.Pipeline() with { HoldOut = new LastDays(30) }, "hr");

        told.Columns[0].Column.ShouldBe("hr");
        told.Dependence.ShouldNotContain(dependence => dependence.Column == "hr");
    }

    /// <summary>Where more is better, what is lost is still above zero.</summary>
    [Fact]
    public async Task A_loss_is_a_loss_whichever_way_the_metric_improves()
    {
        var pipeline = StageFolder.Pipeline() with { HoldOut = new LastDays(30) };
        pipeline = pipeline with { Gates = [.. pipeline.Gates.OrderBy(gate => gate.Metric.Name == "RMSE" ? 1 : 0)] };

        var told = await ExplainAsync(pipeline);

        told.Metric.ShouldBe("R²");
        told.Columns[0].Loss!.Value.ShouldBeGreaterThan(0.2);
        told.Columns[0].Interval!.Lower.ShouldBeLessThan(told.Columns[0].Loss!.Value);
        told.Columns[0].Interval!.Upper.ShouldBeGreaterThan(told.Columns[0].Loss!.Value);
    }

    [Fact]
    public async Task A_thousand_rows_are_enough()
    {
        var told = await ExplainAsync(StageFolder.Pipeline());

        told.Rows.ShouldBe(720);
        (await ExplainAsync(StageFolder.Pipeline() with { HoldOut = new LastDays(20) })).Rows.ShouldBe(480);
    }

    [Fact]
    public async Task Of_two_classes_the_probability_of_the_positive_one_is_followed()
    {
        var pipeline = new global::Pipelines.Churn().Specify(new Dictionary<string, string> { ["trees"] = "20" });
        var data = new Data.Stages.SnapshotFiles(
            ["customers.csv"], [_folder.Write("customers.csv", new global::Pipelines.CustomerSimulation { Customers = 1200 }.Write())]);

        var told = await ExplainAsync(pipeline, data);

        told.Unit.ShouldBe("log-odds");
        told.Dependence.ShouldAllBe(dependence => dependence.Of == "yes");
        told.Dependence.SelectMany(dependence => dependence.Points).ShouldAllBe(point => point.Prediction > 0 && point.Prediction < 1);
        told.Dependence.SelectMany(dependence => dependence.Points).Where(point => point.Text != null)
            .ShouldAllBe(point => char.IsLetter(point.Text![0]));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ModelExplanation> ExplainAsync(PipelineSpec pipeline, params string[] hidden) =>
        ExplainAsync(pipeline, _folder.Simulated(), hidden);

    private async Task<ModelExplanation> ExplainAsync(PipelineSpec pipeline, Data.Stages.SnapshotFiles data, params string[] hidden)
    {
        var model = (await _folder.RunAsync(new TrainStage(), new TrainInput(data, pipeline))).Output(TrainStage.ModelFile);
        var input = new ExplainInput(model, HoldOutRows.Of(data, pipeline), pipeline.Gates[0].Metric, hidden);
        return (await _folder.RunAsync(new ExplainStage(), input)).Result;
    }
}
