namespace MlOpsBuild.Data.Drift;

/// <summary>A column's counts before and now, in the bins of its reference.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bins">The bins, and how alike the rows of a block are.</param>
/// <param name="Then">The reference's periods that are compared with.</param>
/// <param name="Now">The periods now.</param>
internal sealed record ComparedColumn(string Name, ColumnBins Bins, IReadOnlyList<BinnedPeriod> Then, IReadOnlyList<BinnedPeriod> Now);
