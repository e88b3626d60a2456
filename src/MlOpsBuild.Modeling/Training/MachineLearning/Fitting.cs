using Microsoft.ML;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>What one fit is made of.</summary>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Rows">Rows to fit.</param>
/// <param name="Validation">Rows that say when to stop; null where it does not validate.</param>
/// <param name="OfClass">Whether a class is told from the rest.</param>
internal sealed record Fitting(int Seed, IDataView Rows, IDataView? Validation, bool OfClass)
{
    /// <summary>The column to learn.</summary>
    public string LabelColumn => OfClass ? nameof(SingleRow.IsOfClass) : nameof(SingleRow.Label);

    /// <summary>Fits <paramref name="trainer"/>.</summary>
    public TTransformer By<TTransformer>(IEstimator<TTransformer> trainer) where TTransformer : ITransformer => trainer.Fit(Rows);
}
