using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Training.Linear.Tests;

public sealed class LinearTrainerTests
{
    private static readonly FeatureSpec[] Features = [new NumberFeature("X"), new OneHotFeature("Kind")];
    private static readonly DataTable Rows = Sample.Table<Row>("X,Kind,Value\n1,0,3\n2,1,1\n4,0,9\n8,2,4\n9,1,7\n0,2,2\n");

    [Theory]
    [InlineData(0.001, TargetTransform.Identity)]
    [InlineData(1, TargetTransform.Identity)]
    [InlineData(50, TargetTransform.Identity)]
    [InlineData(1, TargetTransform.Log1p)]
    public void The_model_is_the_ridge_solution_with_a_free_constant(double l2, TargetTransform scale)
    {
        var model = Train(Rows, Features, l2, scale);

        var design = Design(model, Rows).Select(row => (double[])[1, .. row]).ToArray();
        var target = Rows.Label.Select(label => scale == TargetTransform.Log1p ? Math.Log(1 + label) : label).ToArray();
        var expected = Gauss.Ridge(design, target, l2);
        model.Intercept.ShouldBe(expected[0], 1e-10);
        model.Coefficients.ShouldBe(expected[1..], 1e-10);
    }

    [Fact]
    public void One_standardised_column_is_shrunk_by_n_over_n_plus_l2()
    {
        var rows = Sample.Table<Row>("X,Kind,Value\n1,0,10\n3,0,14\n");

        var model = Train(rows, [new NumberFeature("X")], 2, TargetTransform.Identity);

        model.Intercept.ShouldBe(12, 1e-14);
        model.Coefficients.ShouldBe([1], 1e-14);
        model.Predict([3]).Value.ShouldBe(13, 1e-14);
    }

    [Fact]
    public void A_model_knows_its_target_its_inputs_and_its_scale()
    {
        var model = Train(Rows, Features, 1, TargetTransform.Log1p);

        model.Target.ShouldBe("Value");
        model.Fields.Select(field => field.Name).ShouldBe(["X", "Kind"]);
        model.Scale.ShouldBe(TargetTransform.Log1p);
        model.Coefficients.Length.ShouldBe(4);
    }

    /// <summary>Missing values are taken for the median, 2, of 1, 2 and 9, and have a column of their own.</summary>
    [Fact]
    public void A_missing_number_is_taken_for_the_median_and_told_to_the_model()
    {
        var rows = Sample.Table<Optional>("X,Value\n1,1\n,50\n2,2\n9,9\n,50\n");

        var model = Train(rows, [new NumberFeature("X")], 1e-6, TargetTransform.Identity);

        var number = model.Transform.Terms[0].ShouldBeOfType<NumberTerm>();
        (number.Missing, number.Mean, model.Transform.Terms[1]).ShouldBe((2, 3.2, new MissingTerm("X", 0)));
        number.Scale.ShouldBe(Math.Sqrt(8.56), 1e-15);
        model.Predict([double.NaN]).Value.ShouldBe(50, 1e-3);
        model.Predict([2]).Value.ShouldBe(2, 1e-3);
    }

    [Fact]
    public void A_label_without_a_logarithm_is_an_error_and_no_model_of_nothing()
    {
        var rows = Sample.Table<Row>("X,Kind,Value\n1,0,-2\n3,0,14\n");

        Should.Throw<StageFailedException>(() => Train(rows, [new NumberFeature("X")], 1, TargetTransform.Log1p))
            .Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public void Cancellation_is_heard() => Should.Throw<OperationCanceledException>(() =>
        Fitted.By(new LinearTrainer(1), Rows, Features, cancellationToken: new CancellationToken(canceled: true)));

    private static LinearModel Train(DataTable rows, FeatureSpec[] features, double l2, TargetTransform scale) =>
        Fitted.By(new LinearTrainer(l2), rows, features, scale).ShouldBeOfType<LinearModel>();

    private static IEnumerable<double[]> Design(LinearModel model, DataTable rows) => FieldRows.Of(rows, model.Fields).Select(row =>
    {
        var design = new double[model.Transform.Width];
        model.Transform.Write(row, design);
        return design;
    });

    private sealed record Row(double X, int Kind, [property: Label] double Value);

    private sealed record Optional(double? X, [property: Label] double Value);
}
