namespace MlOpsBuild.Reporting.Comparing;

/// <summary>Several models of a pipeline beside the first of them.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Models">The models, as they were asked for.</param>
public sealed record ModelComparison(string Pipeline, IReadOnlyList<ComparedModel> Models);
