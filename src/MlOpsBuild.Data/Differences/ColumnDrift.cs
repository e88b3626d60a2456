namespace MlOpsBuild.Data.Differences;

/// <summary>How far a column moved.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Index">The population stability index.</param>
/// <param name="ByChance">The index that chance alone brings on average, if rows were independent.</param>
/// <param name="ReferenceMean">Mean before.</param>
/// <param name="Mean">Mean now.</param>
/// <param name="ReferenceMissing">Share of missing values before, in [0, 1].</param>
/// <param name="Missing">Share of missing values now.</param>
public sealed record ColumnDrift(string Column, double Index, double ByChance, double ReferenceMean, double Mean, double ReferenceMissing, double Missing)
{
    /// <summary>Whether it moved by more than is usually tolerated, and by more than twice what chance brings.</summary>
    public bool Moved => Index >= Math.Max(PopulationStability.Usual, 2 * ByChance);
}
