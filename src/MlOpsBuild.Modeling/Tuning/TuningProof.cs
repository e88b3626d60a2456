using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>The best trial beside the declared values, on the rows of all folds.</summary>
/// <param name="Declared">The first gate's metric with the declared values.</param>
/// <param name="Best">The same of the best trial. It was chosen on these rows, which flatters it.</param>
/// <param name="Difference">95 % interval of best minus declared, by resampling; null where it cannot be told.</param>
public sealed record TuningProof(MetricValue Declared, MetricValue Best, Interval? Difference);
