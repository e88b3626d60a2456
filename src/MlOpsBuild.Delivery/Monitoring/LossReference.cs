using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>What a version did on its hold-out, with which what it does now is compared.</summary>
/// <param name="Loss">The loss per row that its gates judge.</param>
/// <param name="Classes">The classes of which probabilities are predicted; null of numbers.</param>
/// <param name="Predictions">Predictions of the hold-out, in the order of its rows.</param>
/// <param name="Losses">The loss of each.</param>
public sealed record LossReference(
    RowLoss Loss, ClassSet? Classes, IReadOnlyList<Prediction> Predictions, IReadOnlyList<double> Losses)
{
    /// <summary>The mean loss.</summary>
    public double Mean { get; } = Losses.Count == 0 ? double.NaN : Losses.Average();

    /// <summary>The loss of a row whose label is known.</summary>
    /// <param name="rows">What was answered.</param>
    /// <param name="row">The row's position among them.</param>
    public double Of(ServedRows rows, int row) => Loss.Of(rows.Predictions[row], rows.Labels[row], Classes);

    /// <summary>The reference in the rows of a bundle.</summary>
    public static LossReference Of(RowLoss loss, ClassSet? classes, IReadOnlyList<LabelledRow> rows) => new(
        loss, classes, [.. rows.Select(row => row.Prediction)],
        [.. rows.Select(row => loss.Of(row.Prediction, row.Label, classes))]);
}
