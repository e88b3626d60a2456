using MlOpsBuild.Data.Differences.Rows;

namespace MlOpsBuild.Data.Differences;

/// <summary>All that two data sets differ in.</summary>
/// <param name="Before">What is compared with.</param>
/// <param name="Now">What is compared.</param>
/// <param name="Rows">Rows that are new, gone and changed.</param>
/// <param name="Contract">What changed in the contracts that they were written for; none where one contract or none is known.</param>
/// <param name="Columns">How far each column moved; null where that could not be judged.</param>
/// <param name="NotJudged">Why it could not; null where it was.</param>
public sealed record DataComparison(
    string Before, string Now, RowDifference Rows, IReadOnlyList<ContractChange> Contract, DataDifference? Columns, string? NotJudged);
