using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>One metric on the rows with one value of a slice column.</summary>
public sealed record SliceOutcome(
    string Column, double Value, int Rows, string Metric, double Candidate, double? Champion, Interval? Difference);
