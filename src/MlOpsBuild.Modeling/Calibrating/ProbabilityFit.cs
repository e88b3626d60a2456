using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Calibrating;

/// <summary>Fits what a model's probabilities mean, on rows that it was not trained on.</summary>
internal static class ProbabilityFit
{
    /// <summary>Fewest rows to fit on, and fewest of a class.</summary>
    public const int MinimumRows = 50;

    private const int MinimumOfClass = 5;

    /// <summary>One map of the positive class, or one for each of many classes, each fitted against the rest.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="predictions">What the model said.</param>
    /// <param name="labels">Positions of the classes that it was.</param>
    /// <param name="method">How.</param>
    /// <exception cref="StageFailedException">There are too few rows, or too few of a class.</exception>
    public static IReadOnlyList<ProbabilityMap> Of(
        ClassSet classes, IReadOnlyList<Prediction> predictions, IReadOnlyList<double> labels, CalibrationMethod method)
    {
        var few = classes.Names.Index().Where(name => labels.Count(label => (int)label == name.Index) < MinimumOfClass)
            .Select(name => name.Item).ToList();
        if (labels.Count < MinimumRows || few.Count > 0)
        {
            throw new StageFailedException(
                "Not enough data to calibrate",
                [new(
                    "MLB2053", "Too few rows to calibrate on", "validation part",
                    $"{labels.Count} rows{(few.Count > 0 ? $", hardly any of {string.Join(", ", few)}" : "")}",
                    $"at least {MinimumRows} rows, {MinimumOfClass} of each class", "add data, or take a larger share to validate on")],
                Verdict.Inconclusive);
        }

        return
        [
            .. (classes.IsBinary ? [1] : Enumerable.Range(0, classes.Names.Count)).Select(position => Fit(
                [.. predictions.Select(prediction => prediction.ProbabilityOf(position))],
                [.. labels.Select(label => (int)label == position)], method)),
        ];
    }

    private static ProbabilityMap Fit(double[] probabilities, bool[] happened, CalibrationMethod method) =>
        method == CalibrationMethod.Platt
            ? PlattScaling.Fit(probabilities, happened)
            : IsotonicFit.Fit(probabilities, [.. happened.Select(did => did ? 1.0 : 0)]);
}
