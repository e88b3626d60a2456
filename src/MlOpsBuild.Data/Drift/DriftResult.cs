using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Drift;

/// <summary>Whether data moved away from those they are compared with.</summary>
/// <param name="Reference">What they are compared with, in words: all of the reference, or the same months.</param>
/// <param name="Rows">Rows compared.</param>
/// <param name="Columns">Column by column, the farthest first.</param>
public sealed record DriftResult(string Reference, int Rows, IReadOnlyList<DriftVerdict> Columns)
{
    /// <summary>Whether only rows newer than the reference were compared.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool Newer { get; init; }

    /// <summary>Failed where a column moved; Inconclusive where no column could be judged.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Verdict Verdict => Columns.Any(column => column.Verdict == Verdict.Failed) ? Verdict.Failed
        : Columns.Count == 0 || Columns.All(column => column.Verdict == Verdict.Inconclusive) ? Verdict.Inconclusive
        : Verdict.Passed;
}
