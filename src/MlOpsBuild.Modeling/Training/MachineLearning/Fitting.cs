using Microsoft.ML;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>What one fit is made of.</summary>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Rows">Rows to fit.</param>
/// <param name="Validation">Rows that say when to stop; null where it does not validate.</param>
/// <param name="OfClass">Whether a class is told from the rest.</param>
/// <param name="Weighted">Whether rows count differently.</param>
internal sealed record Fitting(int Seed, IDataView Rows, IDataView? Validation, bool OfClass, bool Weighted)
{
    /// <summary>The column to learn.</summary>
    public string LabelColumn => OfClass ? DesignView.IsOfClass : DesignView.Label;

    /// <summary>The column of weights; null where rows count alike.</summary>
    public string? WeightColumn => Weighted ? DesignView.Weight : null;

    /// <summary>Fits <paramref name="trainer"/>.</summary>
    public TTransformer By<TTransformer>(IEstimator<TTransformer> trainer) where TTransformer : ITransformer => trainer.Fit(Rows);
}
