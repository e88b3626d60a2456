using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Comparing;

/// <summary>A metric of a model beside that of the first one, on the same rows.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Value">The model's value minus the first one's; null where they are not comparable.</param>
/// <param name="Interval">Its interval; all intervals of a comparison hold together at 95 % (Bonferroni). Null where there is none.</param>
/// <param name="Meaning">What it means.</param>
public sealed record ModelDifference(string Metric, double? Value, Interval? Interval, DifferenceMeaning Meaning);
