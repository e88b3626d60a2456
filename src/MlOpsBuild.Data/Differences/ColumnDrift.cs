using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Differences;

/// <summary>How far a column moved.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Index">The population stability index.</param>
/// <param name="ByChance">The index that chance alone exceeds in 5 % of such comparisons.</param>
/// <param name="ReferenceMean">Mean before.</param>
/// <param name="Mean">Mean now.</param>
/// <param name="ReferenceMissing">Share of missing values before, in [0, 1].</param>
/// <param name="Missing">Share of missing values now.</param>
/// <param name="Verdict">Failed where it moved by more than is tolerated and chance does not explain it; Inconclusive where a move of that
/// size could not be told from chance.</param>
public sealed record ColumnDrift(
    string Column, double Index, double ByChance, double ReferenceMean, double Mean, double ReferenceMissing, double Missing,
    Verdict Verdict)
{
    /// <summary>Whether it moved.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Moved => Verdict == Verdict.Failed;
}
