using System.Text.Json.Serialization;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Predictions on the hold-out rows; everything a comparison needs, and no model.</summary>
/// <param name="Predictor">Whose predictions these are.</param>
/// <param name="Block">The block of each row; rows of one block are resampled together.</param>
/// <param name="Labels">What really happened: numbers, or positions of classes.</param>
/// <param name="Predictions">What was predicted, row by row: a number, the probability of the positive class, or a
/// probability for each class.</param>
/// <param name="Slices">Values of the slice columns, by name.</param>
public sealed record PredictionSet(
    string Predictor, int[] Block, double[] Labels, double[] Predictions, IReadOnlyDictionary<string, double[]> Slices)
{
    /// <summary>The classes; null where numbers are predicted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClassSet? Classes { get; init; }

    /// <summary>What a block is.</summary>
    public BlockUnit Unit { get; init; }

    /// <summary>
    /// Each row's place in the seeded order by which rows were held out, in [0, 1), and of cases what tells them apart; null where time
    /// or a file decides.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Places { get; init; }

    /// <summary>
    /// Of answers that are texts: what is known of each case beside its score, which is the prediction where the label is 1; null of
    /// predictions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double[]>? Figures { get; init; }

    /// <summary>Number of rows.</summary>
    [JsonIgnore]
    public int Count => Labels.Length;

    /// <summary>Numbers in a prediction.</summary>
    [JsonIgnore]
    public int Width => Classes?.Width ?? 1;

    /// <summary>Predictions of which some number is not finite.</summary>
    [JsonIgnore]
    public int Broken => Predictions.Chunk(Width).Count(prediction => !prediction.All(double.IsFinite));

    /// <summary>The prediction of <paramref name="row"/>.</summary>
    public Prediction At(int row) => Width == 1 ? new(Predictions[row]) : new(Predictions[(row * Width)..((row + 1) * Width)]);

    /// <summary>The probability that <paramref name="row"/> was given of being of class <paramref name="position"/>.</summary>
    public double ProbabilityOf(int row, int position) =>
        Width > 1 ? Predictions[(row * Width) + position] : position == 1 ? Predictions[row] : 1 - Predictions[row];

    /// <summary>Some of the rows, in the order given.</summary>
    public PredictionSet Part(IReadOnlyList<int> rows) => this with
    {
        Block = [.. rows.Select(row => Block[row])],
        Labels = [.. rows.Select(row => Labels[row])],
        Predictions = [.. rows.SelectMany(row => new ArraySegment<double>(Predictions, row * Width, Width))],
        Slices = Slices.ToDictionary(slice => slice.Key, slice => rows.Select(row => slice.Value[row]).ToArray()),
        Figures = Figures?.ToDictionary(figure => figure.Key, figure => rows.Select(row => figure.Value[row]).ToArray()),
        Places = Places == null ? null : [.. rows.Select(row => Places[row])],
    };
}
