using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Calibrating.Tests;

public sealed class CalibratedTrainerTests
{
    private static readonly TargetSpec Target = new(TargetTransform.Identity, new(["false", "true"]));
    private static readonly FeatureSpec[] Features = [new NumberFeature("X")];

    /// <summary>Both keep the order (AUC), and both bring what is said close to what happens.</summary>
    [Theory]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void A_model_that_says_too_much_is_brought_to_what_happens(CalibrationMethod method)
    {
        var (training, fresh) = (Rows(6_000, 1), Rows(6_000, 2));
        var rows = TrainingRows.Of(training, Features, Target, standardise: false, seed: 1);

        var (raw, calibrated) = (new TooSure().Fit(rows, default), new TooSure().Calibrated(method).Fit(rows, default));

        var (before, after) = (Said(raw, fresh), Said(calibrated, fresh));
        Metrics.CalibrationError.Of(before).ShouldBeGreaterThan(0.1);
        Metrics.CalibrationError.Of(after).ShouldBeLessThan(0.03);
        Metrics.Brier.Of(after).ShouldBeLessThan(Metrics.Brier.Of(before));
        Metrics.AreaUnderRoc.Of(after).ShouldBe(Metrics.AreaUnderRoc.Of(before), method == CalibrationMethod.Platt ? 1e-12 : 0.01);
    }

    /// <summary>Each of many classes has a map of its own, fitted against the rest.</summary>
    [Theory]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Many_classes_are_calibrated_each_by_itself_and_sum_to_one(CalibrationMethod method)
    {
        var (random, classes) = (new SplitMix64(6), new ClassSet(["a", "b", "c"]));
        var (said, labels) = (new List<Prediction>(), new List<double>());
        for (var row = 0; row < 3_000; row++)
        {
            // What is right by 60 % is said with 90 %.
            var right = random.NextInt(3);
            var each = new double[] { 0.05, 0.05, 0.05 };
            each[right] = 0.9;
            said.Add(new(each));
            labels.Add(random.NextDouble() < 0.6 ? right : random.NextInt(3));
        }

        var maps = ProbabilityFit.Of(classes, said, labels, method);

        maps.Count.ShouldBe(3);
        maps.ShouldAllBe(map => Math.Abs(map.Of(0.9) - (0.6 + (0.4 / 3))) < 0.03 && Math.Abs(map.Of(0.05) - (0.4 / 3)) < 0.03);
    }

    [Fact]
    public void A_class_that_hardly_occurs_is_not_enough_data()
    {
        double[] labels = [.. Enumerable.Range(0, 200).Select(row => row < 3 ? 1.0 : 0)];

        Should.Throw<StageFailedException>(() => ProbabilityFit.Of(
            new(["no", "yes"]), [.. labels.Select(_ => new Prediction(0.5))], labels, CalibrationMethod.Platt))
            .Findings.Single().Value.ShouldBe("200 rows, hardly any of yes");
    }

    [Fact]
    public void The_part_that_it_is_calibrated_on_is_not_fitted_on()
    {
        var rows = TrainingRows.Of(Rows(1_000, 1), Features, Target, standardise: false, seed: 1);
        var seen = new Counting();

        seen.Calibrated(CalibrationMethod.Platt, share: 0.3).Fit(rows, default);

        seen.Rows.ShouldBe([700]);
    }

    [Fact]
    public void Of_days_the_newest_are_kept()
    {
        var rows = TrainingRows.Of(Rows(100, 1), Features, Target, false, 1) with
        {
            Units = [.. Enumerable.Range(0, 100).Select(row => (double)(row / 10))], IsInTime = true,
        };

        var (fitted, kept) = ValidationSplit.Of(rows, 0.25);

        fitted.ShouldBe(Enumerable.Range(0, 70));
        kept.ShouldBe(Enumerable.Range(70, 30));
    }

    [Fact]
    public void Groups_stay_together_and_the_seed_draws_them()
    {
        var rows = TrainingRows.Of(Rows(100, 1), Features, Target, false, 1) with
        {
            Units = [.. Enumerable.Range(0, 100).Select(row => (double)(row % 20))],
        };

        var (fitted, kept) = ValidationSplit.Of(rows, 0.2);

        fitted.Union(kept).Order().ShouldBe(Enumerable.Range(0, 100));
        kept.Count.ShouldBe(20);
        fitted.Select(row => row % 20).Intersect(kept.Select(row => row % 20)).ShouldBeEmpty();
        ValidationSplit.Of(rows, 0.2).Kept.ShouldBe(kept);
    }

    [Fact]
    public void Hold_outs_say_what_belongs_together()
    {
        var table = Sample.Table<Visit>("Day,Who,X,Left\n2026-01-01,7,1,true\n2026-01-01,8,2,false\n2026-01-02,7,3,true\n");

        new LastDays(1).UnitsOf(table, [0, 1, 2])!.Distinct().Count().ShouldBe(2);
        new GroupShare("Who", 0.5).UnitsOf(table, [0, 1, 2]).ShouldBe([7, 8, 7]);
        new RandomShare(0.5, true).UnitsOf(table, [0, 1, 2]).ShouldBeNull();
    }

    [Fact]
    public void Too_few_rows_are_not_enough_data()
    {
        var rows = TrainingRows.Of(Rows(120, 1), Features, Target, false, 1);

        var failure = Should.Throw<StageFailedException>(() => new TooSure().Calibrated().Fit(rows, default));

        (failure.Verdict, failure.Findings.Single().What).ShouldBe((Verdict.Inconclusive, "Too few rows to calibrate on"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_share_that_is_none_is_refused(double share) =>
        Should.Throw<UsageException>(() => Trainers.FastTree().Calibrated(CalibrationMethod.Platt, share))
            .Findings.Single().Expected.ShouldBe("above 0 and below 1");

    [Fact]
    public void What_it_is_and_what_it_calibrates_are_part_of_the_key()
    {
        var text = Trainers.FastTree(trees: 7).Calibrated(CalibrationMethod.Platt).Describe();

        text.ShouldStartWith("calibrated fast-tree ");
        text.ShouldContain("trees=7");
        text.ShouldContain("Platt");
        text.ShouldNotBe(Trainers.FastTree(trees: 8).Calibrated(CalibrationMethod.Platt).Describe());
    }

    private static PredictionSet Said(TrainedModel model, Data.Tables.DataTable table) => new(
        "model", [.. Enumerable.Range(0, table.Rows)], [.. table.Label], [.. table.Columns["X"].Select(x => model.Predict([x]).Value)],
        new Dictionary<string, double[]>()) { Classes = Target.Classes, Unit = BlockUnit.Row };

    // What happens with probability 1 / (1 + exp(−x)).
    private static Data.Tables.DataTable Rows(int count, ulong seed)
    {
        var (random, text) = (new SplitMix64(seed), new StringBuilder("X,Left\n"));
        for (var row = 0; row < count; row++)
        {
            var x = random.NextNormal();
            text.Append(CultureInfo.InvariantCulture, $"{x:R},{(random.NextDouble() < 1 / (1 + Math.Exp(-x)) ? "true" : "false")}\n");
        }

        return Sample.Table<Point>(text.ToString());
    }

    private sealed record Point([property: Column("X")] double X, [property: Column("Left"), Label] bool Left);

    private sealed record Visit(
        [property: Column("Day"), Timestamp] DateOnly Day, [property: Column("Who")] int Who, [property: Column("X")] double X,
        [property: Column("Left"), Label] bool Left);

    /// <summary>Says log-odds of 4 x where x is right.</summary>
    private sealed record TooSure : TrainerSpec
    {
        public override string Kind => "too-sure";

        public override bool Standardises => false;

        public override bool FitsClasses => true;

        public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken) => new LinearModel
        {
            Target = rows.Target, Fields = rows.Fields, Classes = rows.Classes, Scale = rows.Scale, Transform = rows.Transform,
            Intercept = 0, Coefficients = [4],
        };
    }

    private sealed record Counting : TrainerSpec
    {
        public List<int> Rows { get; } = [];

        public override string Kind => "counting";

        public override bool FitsClasses => true;

        public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
        {
            Rows.Add(rows.Count);
            return new TooSure().Fit(rows, cancellationToken);
        }
    }
}
