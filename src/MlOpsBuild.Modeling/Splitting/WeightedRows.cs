namespace MlOpsBuild.Modeling.Splitting;

/// <summary>Rows of a table to train on.</summary>
/// <param name="Positions">Positions, ascending.</param>
/// <param name="Weights">How much each counts, above 0 and up to 1; null where all count alike.</param>
public sealed record WeightedRows(IReadOnlyList<int> Positions, IReadOnlyList<double>? Weights);
