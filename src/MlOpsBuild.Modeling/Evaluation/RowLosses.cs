using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Computes the loss of a row.</summary>
public static class RowLosses
{
    private const double SmallestProbability = 1e-15;
    private static readonly ClassSet Half = new(["", ""]);

    /// <summary>Whether it is known from prediction minus label alone.</summary>
    public static bool FollowsFromError(this RowLoss loss) => loss is RowLoss.SquaredError or RowLoss.AbsoluteError;

    /// <summary>The loss of <paramref name="prediction"/> where <paramref name="label"/> happened; never negative.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="prediction">What was predicted.</param>
    /// <param name="label">What happened: a number, or the position of a class.</param>
    /// <param name="classes">The classes, whose threshold decides between two; null takes one half.</param>
    public static double Of(this RowLoss loss, Prediction prediction, double label, ClassSet? classes = null)
    {
        return loss switch
        {
            RowLoss.SquaredError => Square(prediction.Value - label),
            RowLoss.AbsoluteError => Math.Abs(prediction.Value - label),
            RowLoss.SquaredLogError => prediction.Value > -1 && label > -1
                ? Square(Math.Log(1 + prediction.Value) - Math.Log(1 + label))
                : double.NaN,
            RowLoss.LogLoss => -Math.Log(Math.Clamp(prediction.ProbabilityOf((int)label), SmallestProbability, 1 - SmallestProbability)),
            RowLoss.Brier => prediction.Count == 1
                ? Square(prediction.Value - label)
                : Enumerable.Range(0, prediction.Count).Sum(position => Square(prediction[position] - (position == (int)label ? 1 : 0))),
            RowLoss.ZeroOne => (classes ?? Half).Choose(prediction) == (int)label ? 0 : 1,
            _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "A loss that is not known."),
        };
    }

    private static double Square(double value) => value * value;
}
