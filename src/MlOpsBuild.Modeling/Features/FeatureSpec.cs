namespace MlOpsBuild.Modeling.Features;

/// <summary>A feature as the pipeline declares it, before it is fitted.</summary>
/// <param name="Kind">What is made.</param>
/// <param name="Column">Of which column.</param>
/// <param name="Second">The second column of a cross.</param>
public sealed record FeatureSpec(FeatureKind Kind, string Column, string? Second = null);
