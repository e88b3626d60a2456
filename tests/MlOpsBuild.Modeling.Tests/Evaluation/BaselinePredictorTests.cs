using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Evaluation.Tests;

public sealed class BaselinePredictorTests
{
    [Fact]
    public void The_mean_is_that_of_the_training_rows()
    {
        var table = Sample.Table<Row>("Day,Value\n2011-01-01,1\n2011-01-02,3\n2011-01-03,100\n");

        BaselinePredictor.Predict(Baseline.TrainingMean, table, Split([0, 1], [2]), Number).ShouldBe([2]);
    }

    [Fact]
    public void Last_week_is_seven_days_before_or_the_nearest_of_four_weeks()
    {
        var table =
            Sample.Table<Row>("Day,Value\n2011-01-01,10\n2011-01-05,20\n2011-01-08,30\n2011-01-15,40\n2011-01-19,50\n2011-01-20,60\n");

        // 15th: the 8th; 19th: the 12th is absent, the 5th is there; 20th: none of four weeks, so the training mean.
        BaselinePredictor.Predict(Baseline.SameHourLastWeek, table, Split([0, 1, 2], [3, 4, 5]), Number).ShouldBe([30, 20, 20]);
    }

    [Fact]
    public void Five_weeks_ago_is_too_long_ago()
    {
        var table = Sample.Table<Row>("Day,Value\n2011-01-01,10\n2011-01-02,30\n2011-02-05,0\n");

        BaselinePredictor.Predict(Baseline.SameHourLastWeek, table, Split([0, 1], [2]), Number).ShouldBe([20]);
    }

    [RealDataFact]
    public void Last_week_on_the_real_hold_out_misses_by_118()
    {
        var split = new LastDays(60).Split(HourData.Table, 1);
        var predictions = BaselinePredictor.Predict(Baseline.SameHourLastWeek, HourData.Table, split, Number);
        var rows = HourData.Table.Select(split.HeldOut);

        var set = new PredictionSet(
            "last week", [.. split.Block], rows.Label, [.. predictions.Select(prediction => prediction.Value)],
            new Dictionary<string, double[]>());

        Metrics.Rmse.Of(set).ShouldBe(118.3, 0.05);
    }

    [Fact]
    public void Baselines_have_names_for_people()
    {
        BaselinePredictor.NameOf(Baseline.SameHourLastWeek).ShouldBe("same hour last week");
        BaselinePredictor.NameOf(Baseline.TrainingMean).ShouldBe("training mean");
    }

    private static TargetSpec Number { get; } = new(TargetTransform.Identity);

    private static Split Split(int[] training, int[] heldOut) => new(training, heldOut, heldOut, BlockUnit.Day);

    private sealed record Row([property: Timestamp] DateOnly Day, [property: Label] double Value);
}
