using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Data.Stages;

/// <summary>Data that keeps its contract, and what it looks like.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="First">Time of the first row, if rows have times.</param>
/// <param name="Last">Time of the last row.</param>
/// <param name="Profile">Column by column.</param>
public sealed record ValidatedData(int Rows, DateTime? First, DateTime? Last, DataProfile Profile)
{
    /// <summary>Rows that break a promise and were left out, as the contract allows: rows read are these and <see cref="Rows"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Quarantined { get; init; }

    /// <summary>What is wrong with them.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Expectations of the rows together that are broken and only told.</summary>
    public IReadOnlyList<Finding> Warnings { get; init; } = [];
}
