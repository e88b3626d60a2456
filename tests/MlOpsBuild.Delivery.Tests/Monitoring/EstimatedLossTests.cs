using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class EstimatedLossTests
{
    private static readonly ClassSet Classes = new(["no", "yes"]);

    /// <summary>NannyML's anchor: probabilities .1, .4, .35, .8 and a cut of .5 have an expected accuracy of 0.7375.</summary>
    [Fact]
    public void Of_classes_it_is_what_the_probabilities_expect()
    {
        double[] probabilities = [0.1, 0.4, 0.35, 0.8];

        (1 - probabilities.Average(p => EstimatedLoss.ExpectedBy(p, RowLoss.ZeroOne, Classes))).ShouldBe(0.7375, 1e-12);
    }

    [Fact]
    public void Of_a_model_that_is_too_sure_it_is_corrected_by_the_hold_out()
    {
        // Said 0.9, and right in 70 of 100: the expected loss of 0.1 was 0.3.
        Prediction[] predictions = [.. Enumerable.Repeat(new Prediction(0.9), 100)];
        double[] losses = [.. Enumerable.Range(0, 100).Select(row => row < 70 ? 0.0 : 1.0)];

        new EstimatedLoss(new(RowLoss.ZeroOne, Classes, predictions, losses)).Of(0.8).ShouldBe(0.6, 1e-12);
    }

    /// <summary>A text claims to be right whatever it says: nothing is known of a new one but what was usual.</summary>
    [Fact]
    public void Of_texts_it_is_what_was_usual()
    {
        LabelledRow[] rows = [.. Enumerable.Range(0, 10).Select(row => new LabelledRow([], row < 8 ? 1 : 0.5, new Prediction($"t{row}")))];
        var reference = LossReference.Of(RowLoss.AbsoluteError, null, rows);

        reference.Mean.ShouldBe(0.1, 1e-12);
        new EstimatedLoss(reference).Of(new Prediction("new")).ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void Of_numbers_it_is_what_predictions_of_that_size_cost()
    {
        Prediction[] predictions = [.. Enumerable.Range(0, 1000).Select(row => new Prediction(row))];
        double[] losses = [.. Enumerable.Range(0, 1000).Select(row => row < 500 ? 1.0 : 9.0)];
        var estimate = new EstimatedLoss(new(RowLoss.SquaredError, null, predictions, losses));

        (estimate.Of(-5), estimate.Of(120), estimate.Of(900), estimate.Of(5000)).ShouldBe((1, 1, 9, 9));
    }
}
