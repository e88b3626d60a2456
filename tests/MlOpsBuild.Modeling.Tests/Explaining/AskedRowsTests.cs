using MlOpsBuild.Core.Fields;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Stages.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Explaining.Tests;

public sealed class AskedRowsTests : IDisposable
{
    // The hour itself, so that a prediction tells which row's hour the model saw.
    private static readonly LinearModel Model = new()
    {
        Target = "cnt", Scale = TargetTransform.Identity, Fields = [new("hr", FieldKind.Whole, 0, 23), new("temp", FieldKind.Real)],
        Transform = new([new NumberTerm("hr", 0, 0, 1), new NumberTerm("temp", 1, 0, 1)]), Intercept = 0, Coefficients = [1, 0],
    };

    private readonly StageFolder _folder = new();

    [Fact]
    public async Task Shuffled_rows_see_the_value_of_another_row_and_their_own_otherwise()
    {
        var rows = await RowsAsync(1000);
        int[] reversed = [.. Enumerable.Range(0, rows.Count).Reverse()];

        var shuffled = rows.Predict(0, reversed);

        shuffled.Predictions.ShouldBe(rows.Predict().Predictions.Reverse());
        shuffled.Labels.ShouldBe(rows.Predict().Labels);
        rows.Predict(1, reversed).Predictions.ShouldBe(rows.Predict().Predictions);
    }

    [Fact]
    public async Task Of_many_rows_some_are_taken_evenly_with_their_days()
    {
        var (all, few) = ((await RowsAsync(1000)).Predict(), (await RowsAsync(100)).Predict());

        (all.Count, few.Count).ShouldBe((480, 96));
        few.Block.Distinct().ShouldBe(all.Block.Distinct());
        few.Labels.ShouldBe(all.Labels.Where((_, row) => row % 5 == 0));
    }

    [Fact]
    public async Task The_mean_over_rows_follows_the_value_that_all_are_given() =>
        (await RowsAsync(1000)).Mean(0, 17, 50).ShouldBe(17, 1e-12);

    [Fact]
    public async Task A_model_without_means_is_not_asked_what_inputs_add() => (await RowsAsync(1000)).Explain(10).ShouldBeEmpty();

    public void Dispose() => _folder.Dispose();

    private async Task<AskedRows> RowsAsync(int most)
    {
        var pipeline = StageFolder.Pipeline() with { HoldOut = new LastDays(20) };
        var holdOut = HoldOutRows.Of(_folder.Simulated(), pipeline);
        var (table, split) = await holdOut.ReadAsync(CancellationToken.None);
        return new(Model, table, split, holdOut, most);
    }
}
