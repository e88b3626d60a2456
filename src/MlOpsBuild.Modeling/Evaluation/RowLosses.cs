namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Computes the loss of a row.</summary>
public static class RowLosses
{
    /// <summary>The loss of <paramref name="prediction"/> where <paramref name="label"/> happened; never negative.</summary>
    public static double Of(this RowLoss loss, double prediction, double label) => loss switch
    {
        RowLoss.SquaredError => (prediction - label) * (prediction - label),
        RowLoss.AbsoluteError => Math.Abs(prediction - label),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "A loss that is not known."),
    };
}
