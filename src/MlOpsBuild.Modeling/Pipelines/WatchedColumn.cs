namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>A column whose daily mean has to stay within bounds that the business knows.</summary>
/// <param name="Column">Its name.</param>
/// <param name="AtLeast">Lower bound of the mean of a day; null for none.</param>
/// <param name="AtMost">Upper bound; null for none.</param>
public sealed record WatchedColumn(string Column, double? AtLeast, double? AtMost);
