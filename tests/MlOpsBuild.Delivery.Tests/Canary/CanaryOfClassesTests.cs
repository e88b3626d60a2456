using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>A champion that gives each row the probability with which its label really happens.</summary>
public sealed class CanaryOfClassesTests
{
    private static readonly CanaryPolicy Policy = new();
    private static readonly ClassSet Two = new(["no", "yes"]);
    private static readonly ClassSet Three = new(["a", "b", "c"]);

    [Theory]
    [InlineData(RowLoss.LogLoss)]
    [InlineData(RowLoss.Brier)]
    public void An_equal_candidate_is_no_harm_and_one_that_is_too_sure_of_itself_is(RowLoss loss)
    {
        foreach (var classes in (ClassSet[])[Two, Three])
        {
            Compare(loss, classes, sharpened: 1).LogNoHarm.ShouldBeGreaterThan(Math.Log(1 / Policy.FalsePromotion));
            Compare(loss, classes, sharpened: 4).LogHarm.ShouldBeGreaterThan(Math.Log(1 / Policy.FalseAlarm));
        }
    }

    [Fact]
    public void Wrong_answers_are_counted_at_the_models_threshold()
    {
        var rows = Rows(Two, 4000);
        var strict = CanaryReference.Of(RowLoss.ZeroOne, Two with { Threshold = 0.9 }, rows);
        var usual = CanaryReference.Of(RowLoss.ZeroOne, Two, rows);

        strict.Drawn.Average().ShouldBeGreaterThan(usual.Drawn.Average());
        (usual.Reference.Scale, usual.Reference.UsualError).ShouldBe((1, 1));
    }

    [Fact]
    public void What_a_canary_of_classes_can_see_is_told()
    {
        var (reference, drawn) = CanaryReference.Of(RowLoss.LogLoss, Two, Rows(Two, 2000));

        var plan = new CanaryForecast(Policy, reference, drawn, 3).Plan(400);

        plan.UndecidedWhenEqual.ShouldBeLessThan(0.2);
        plan.SmallestHarm.ShouldNotBeNull().ShouldBeLessThan(1);
    }

    private static LossComparison Compare(RowLoss loss, ClassSet classes, double sharpened)
    {
        var rows = Rows(classes, 6000);
        var meter = new CanaryMeter(Policy, CanaryReference.Of(loss, classes, rows).Reference);
        meter.Add(new(
            1, 1, 0, [], [.. rows.Select(row => new LabelObservation(row.Label, row.Prediction, Sharpened(row.Prediction, sharpened)))]));
        return meter.Read().Loss.ShouldNotBeNull();
    }

    private static List<LabelledRow> Rows(ClassSet classes, int count)
    {
        var random = new SplitMix64(11);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double[] weights = [.. classes.Names.Select(_ => random.NextExponential())];
            double[] each = [.. weights.Select(weight => weight / weights.Sum())];
            var (draw, label) = (random.NextDouble(), 0);
            while (label < each.Length - 1 && draw >= each[label])
            {
                draw -= each[label++];
            }

            return new LabelledRow([], label, classes.IsBinary ? new(each[1]) : new(each));
        })];
    }

    private static Prediction Sharpened(Prediction prediction, double power)
    {
        double[] each = [.. Enumerable.Range(0, Math.Max(2, prediction.Count))
            .Select(position => Math.Pow(prediction.ProbabilityOf(position), power))];
        return prediction.Count == 1 ? new(each[1] / each.Sum()) : new([.. each.Select(value => value / each.Sum())]);
    }
}
