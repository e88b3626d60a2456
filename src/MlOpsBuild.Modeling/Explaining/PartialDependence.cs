namespace MlOpsBuild.Modeling.Explaining;

/// <summary>What a model predicts on average when one input has a value, whatever the row's own is (Friedman 2001).</summary>
/// <param name="Column">The input.</param>
/// <param name="Of">What is predicted: the target, or the class whose probability it is.</param>
/// <param name="Points">By value, ascending; of texts by their position.</param>
public sealed record PartialDependence(string Column, string Of, IReadOnlyList<DependencePoint> Points);
