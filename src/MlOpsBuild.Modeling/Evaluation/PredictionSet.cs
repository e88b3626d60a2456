namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Predictions on the hold-out rows; everything a comparison needs, and no model.</summary>
/// <param name="Predictor">Whose predictions these are.</param>
/// <param name="Block">The block (day) of each row; rows of one block are resampled together.</param>
/// <param name="Labels">What really happened.</param>
/// <param name="Predictions">What was predicted; same length and order.</param>
/// <param name="Slices">Values of the slice columns, by name.</param>
public sealed record PredictionSet(
    string Predictor, int[] Block, double[] Labels, double[] Predictions, IReadOnlyDictionary<string, double[]> Slices);
