using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Splitting.Tests;

public sealed class TrainingWindowTests
{
    private static readonly DataTable Rows =
        Sample.Table<Row>("Day,X,Value\n2024-01-01,1,1\n2024-01-05,2,2\n2024-01-08,3,3\n2024-01-09,4,4\n");

    [Theory]
    [InlineData("all")]
    [InlineData("last:365")]
    [InlineData("weighted:90")]
    public void What_is_written_is_read_back(string text) => TrainingWindow.Parse(text)!.Describe().ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("last")]
    [InlineData("last:0")]
    [InlineData("last:-3")]
    [InlineData("last:1.5")]
    [InlineData("weighted:")]
    [InlineData("All")]
    [InlineData("last:3:4")]
    public void Anything_else_is_no_window(string text) => TrainingWindow.Parse(text).ShouldBeNull();

    [Fact]
    public void The_last_days_end_with_the_newest_training_row() => TrainingWindow.Last(4).Of(Rows, [0, 1, 2]).Positions.ShouldBe([1, 2]);

    [Fact]
    public void A_row_counts_half_after_a_half_life()
    {
        var (positions, weights) = TrainingWindow.Weighted(4).Of(Rows, [0, 1, 3]);

        (positions.Count, weights!.Count).ShouldBe((3, 3));
        weights.ShouldBe([0.25, 0.5, 1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_of_weight_one_is_two_rows_of_weight_one_half(bool classes)
    {
        var target = classes
            ? new TargetSpec(TargetTransform.Identity, new(["0", "1", "2", "3", "4"]))
            : new TargetSpec(TargetTransform.Identity);
        var trainer = Trainers.Linear(l2: 0.5);

        var weighted = trainer.Fit(
            TrainingRows.Of(Rows, new([0, 1, 2, 3], [0.5, 1, 0.5, 1]), [new NumberFeature("X")], target, standardise: false, seed: 1),
            CancellationToken.None);
        var repeated = Trainers.Linear(l2: 1).Fit(
            TrainingRows.Of(Rows, new([0, 1, 1, 2, 3, 3], null), [new NumberFeature("X")], target, standardise: false, seed: 1),
            CancellationToken.None);

        foreach (var x in new[] { 0.0, 2.5, 9 })
        {
            for (var position = 0; position < weighted.Predict(new[] { x }).Count; position++)
            {
                weighted.Predict(new[] { x })[position].ShouldBe(repeated.Predict(new[] { x })[position], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("fast-tree")]
    [InlineData("light-gbm")]
    [InlineData("fast-forest")]
    public void Trees_learn_from_what_weighs_most(string family)
    {
        TrainerSpec trainer = family switch
        {
            "fast-tree" => Trainers.FastTree(trees: 20),
            "light-gbm" => Trainers.LightGbm(trees: 20),
            _ => Trainers.FastForest(trees: 20)
        };
        var table = Sample.Table<Number>("Day,X,Value\n"
            + string.Concat(Enumerable.Range(0, 400).Select(row => $"2024-01-0{1 + (row / 200)},{row % 7},{(row < 200 ? 10 : 20)}\n")));
        TrainedModel Fit(double old, double young) => trainer.Fit(
            TrainingRows.Of(
                table, new([.. Enumerable.Range(0, 400)], [.. Enumerable.Range(0, 400).Select(row => row < 200 ? old : young)]),
                [new NumberFeature("X")], new(TargetTransform.Identity), trainer.Standardises, 1),
            CancellationToken.None);

        Fit(0.01, 1).Predict([3.0]).Value.ShouldBeGreaterThan(Fit(1, 1).Predict([3.0]).Value + 0.5);
        Fit(1, 0.01).Predict([3.0]).Value.ShouldBeLessThan(Fit(1, 1).Predict([3.0]).Value - 0.5);
    }

    private sealed record Number([property: Timestamp] DateOnly Day, double X, [property: Label] double Value);

    private sealed record Row(
        [property: Timestamp] DateOnly Day,
        double X,
        [property: Label, Categories("0", "1", "2", "3", "4")] int Value);
}
