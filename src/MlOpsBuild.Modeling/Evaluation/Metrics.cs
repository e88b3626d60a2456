using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>
/// The metrics. Definitions are scikit-learn's; what has no value is undefined and says why, where scikit-learn warns and gives 0.
/// </summary>
public static class Metrics
{
    private const string NoRows = "there are no rows";
    private const string OneClass = "the labels are of one class only";
    private const string NotSaid = "no row is said to be of the class";
    private const string NotThere = "no row is of the class";

    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public static Metric Rmse { get; } = new MeanMetric("RMSE", RowLoss.SquaredError, false, NoRows, (set, row) => Square(Error(set, row)))
    {
        IsRoot = true, HasUnit = true
    };

    /// <summary>Mean absolute error, in the target's unit.</summary>
    public static Metric Mae { get; } = new MeanMetric("MAE", RowLoss.AbsoluteError, false, NoRows, (set, row) => Math.Abs(Error(set, row)))
    {
        HasUnit = true
    };

    /// <summary>
    /// Mean of prediction minus label, in the target's unit. A sum of both signs is no loss of a row: it is charged by its size.
    /// </summary>
    public static Metric Bias { get; } = new MeanMetric("Bias", RowLoss.AbsoluteError, false, NoRows, Error)
    {
        HasUnit = true, IsSigned = true
    };

    /// <summary>Coefficient of determination: 1 − Σ(y − ŷ)² / Σ(y − ȳ)².</summary>
    public static Metric RSquared { get; } = new Determination();

    /// <summary>Mean absolute error as a share of the label.</summary>
    public static Metric Mape { get; } = new MeanMetric(
        "MAPE", RowLoss.AbsoluteError, false, "a label is 0",
        (set, row) => set.Labels[row] == 0 ? double.NaN : Math.Abs(Error(set, row) / set.Labels[row]));

    /// <summary>Root of the mean squared difference of ln(1 + y).</summary>
    public static Metric Rmsle { get; } = new MeanMetric(
        "RMSLE", RowLoss.SquaredLogError, false, "a label or a prediction is −1 or less",
        (set, row) => RowLoss.SquaredLogError.Of(set.At(row), set.Labels[row])) { IsRoot = true };

    /// <summary>
    /// Area under the receiver operating characteristic: the probability that a positive row is ranked above a negative one; of many
    /// classes the mean of each against the rest.
    /// </summary>
    public static Metric AreaUnderRoc { get; } = new RankMetric("AUC", OneClass, (rows, times) => rows.AreaUnderRoc(times));

    /// <summary>Average precision: the precision at each recall reached; of many classes the mean of each against the rest.</summary>
    public static Metric AveragePrecision { get; } = new RankMetric(
        "Average precision", NotThere, (rows, times) => rows.AveragePrecision(times));

    /// <summary>
    /// Share of rows whose class is answered rightly; of many classes this is the micro average of precision, recall and F1.
    /// </summary>
    public static Metric Accuracy { get; } = new ClassCountMetric("Accuracy", null, NoRows, counts => counts.Right / counts.Rows);

    /// <summary>Mean of the classes' recalls.</summary>
    public static Metric BalancedAccuracy { get; } = new ClassCountMetric(
        "Balanced accuracy", null, OneClass, counts => counts.BalancedAccuracy());

    /// <summary>
    /// Harmonic mean of precision and recall: of the positive class at the model's threshold; of many classes the mean over them (macro).
    /// </summary>
    public static Metric F1 { get; } = new ClassCountMetric(
        "F1", null, "no row is of the class, or said to be", counts => counts.PositiveOrMacro((each, position) => each.F1(position)));

    /// <summary>
    /// Share of the rows said to be positive that are, at the model's threshold; of many classes the mean over them (macro).
    /// </summary>
    public static Metric Precision { get; } = new ClassCountMetric(
        "Precision", null, NotSaid, counts => counts.PositiveOrMacro((each, position) => each.Precision(position)));

    /// <summary>Share of the positive rows that are found, at the model's threshold; of many classes the mean over them (macro).</summary>
    public static Metric Recall { get; } = new ClassCountMetric(
        "Recall", null, NotThere, counts => counts.PositiveOrMacro((each, position) => each.Recall(position)));

    /// <summary>Matthews' correlation coefficient of labels and answers.</summary>
    public static Metric Mcc { get; } = new ClassCountMetric(
        "MCC", null, "the labels or the answers are of one class only", counts => counts.Correlation());

    /// <summary>Mean of −ln of the probability that was given to what happened, cut at 1e-15.</summary>
    public static Metric LogLoss { get; } = new MeanMetric(
        "Log-loss", RowLoss.LogLoss, true, NoRows, (set, row) => RowLoss.LogLoss.Of(set.At(row), set.Labels[row]));

    /// <summary>Mean squared error of the probability; of many classes summed over them.</summary>
    public static Metric Brier { get; } = new MeanMetric(
        "Brier", RowLoss.Brier, true, NoRows, (set, row) => RowLoss.Brier.Of(set.At(row), set.Labels[row]));

    /// <summary>Expected calibration error: 15 bins of equal width (Guo et al. 2017).</summary>
    public static Metric CalibrationError { get; } = new CalibrationError("ECE", 15, ofEqualCount: false);

    /// <summary>Expected calibration error: 10 bins of as many rows each (Nixon et al. 2019), where probabilities crowd.</summary>
    public static Metric CalibrationErrorByCount { get; } = new CalibrationError("ECE by count", 10, ofEqualCount: true);

    /// <summary>Mean score of answers, from 0 to 1.</summary>
    public static Metric MeanScore { get; } = new FigureMetric("Score", Direction.HigherIsBetter, null);

    /// <summary>Price of a thousand answers, in the currency of the endpoint's prices.</summary>
    public static Metric CostPerThousandAnswers { get; } = new FigureMetric(
        "Cost per 1,000 answers", Direction.LowerIsBetter, FigureMetric.Cost);

    /// <summary>Mean tokens of an answer, those of its question among them.</summary>
    public static Metric TokensPerAnswer { get; } = new FigureMetric("Tokens per answer", Direction.LowerIsBetter, FigureMetric.Tokens);

    /// <summary>Mean score of answers by one scorer, for example <c>exact</c> or <c>judge tone</c>.</summary>
    public static Metric Score(string scorer) => new FigureMetric($"Score: {scorer}", Direction.HigherIsBetter, scorer);

    /// <summary>Precision of the positive class when it is answered from a probability of <paramref name="threshold"/> on.</summary>
    public static Metric PrecisionAt(double threshold) =>
        new ClassCountMetric(Named("Precision", threshold), threshold, NotSaid, counts => counts.Precision(1));

    /// <summary>Recall of the positive class when it is answered from a probability of <paramref name="threshold"/> on.</summary>
    public static Metric RecallAt(double threshold) =>
        new ClassCountMetric(Named("Recall", threshold), threshold, NotThere, counts => counts.Recall(1));

    /// <summary>F1 of the positive class when it is answered from a probability of <paramref name="threshold"/> on.</summary>
    public static Metric F1At(double threshold) =>
        new ClassCountMetric(Named("F1", threshold), threshold, NotThere, counts => counts.F1(1));

    /// <summary>
    /// Mean pinball loss at <paramref name="quantile"/> in (0, 1), in the target's unit: what a prediction of that quantile
    /// minimises (Koenker and Bassett 1978).
    /// </summary>
    public static Metric Pinball(double quantile) => new MeanMetric(
        Named("Pinball", quantile), RowLoss.AbsoluteError, false, NoRows,
        (set, row) => Math.Max(-quantile * Error(set, row), (1 - quantile) * Error(set, row))) { HasUnit = true };

    /// <summary>Those that a report shows of such predictions or answers.</summary>
    public static IReadOnlyList<Metric> ShownOf(PredictionSet set) => set.Figures is not { } figures ? For(set.Classes) :
    [
        MeanScore,
        .. ScorersIn(figures) is { Count: > 1 } scorers ? scorers.Select(Score) : [],
        .. figures.ContainsKey(FigureMetric.Cost) ? [CostPerThousandAnswers] : (Metric[])[],
        .. figures.ContainsKey(FigureMetric.Tokens) ? [TokensPerAnswer] : (Metric[])[],
    ];

    // The score of one alone is the score.
    private static List<string> ScorersIn(IReadOnlyDictionary<string, double[]> figures) =>
        [.. figures.Keys.Where(name => name is not (FigureMetric.Cost or FigureMetric.Tokens)).Order(StringComparer.Ordinal)];

    /// <summary>Those that a report shows of every model of a kind.</summary>
    public static IReadOnlyList<Metric> For(ClassSet? classes) => classes switch
    {
        null => [Rmse, Mae, RSquared, Bias],
        { IsBinary: true } =>
            [
                AreaUnderRoc, AveragePrecision, LogLoss, Brier, Accuracy, BalancedAccuracy, F1, Precision, Recall, Mcc, CalibrationError,
                CalibrationErrorByCount,
            ],
        _ =>
        [
            Accuracy, BalancedAccuracy, F1, Precision, Recall, AreaUnderRoc, LogLoss, Brier, Mcc, CalibrationError, CalibrationErrorByCount,
        ],
    };

    private static double Error(PredictionSet set, int row) => set.Predictions[row] - set.Labels[row];

    private static double Square(double value) => value * value;

    private static string Named(string name, double setting) => string.Create(CultureInfo.InvariantCulture, $"{name} at {setting}");
}
