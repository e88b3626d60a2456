using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Model;

/// <summary>A metric on the rows with one value of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Its value on these rows, as the data have it.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Candidate">The candidate's value.</param>
/// <param name="Champion">The champion's value, or null.</param>
/// <param name="Difference">Interval of candidate minus champion, or null.</param>
/// <param name="Move">What became of the slice.</param>
public sealed record ReportSlice(
    string Column, string Value, int Rows, string Metric, double Candidate, double? Champion, Interval? Difference, SliceMove Move);
