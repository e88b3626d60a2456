using MlOpsBuild.Data.Differences;

namespace MlOpsBuild.Reporting.Model;

/// <summary>The data beside other data.</summary>
/// <param name="ComparedWith">Whose data those are, for example <c>champion v3</c>.</param>
/// <param name="Same">Whether they are the very same.</param>
/// <param name="Difference">How they differ; null when the others' profile is not known.</param>
public sealed record ReportData(string ComparedWith, bool Same, DataDifference? Difference);
