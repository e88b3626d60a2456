using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables;

/// <summary>
/// Rows in columns of numbers: dates as day numbers (0001-01-01 is 0), texts with categories as indexes, missing as NaN.
/// </summary>
/// <param name="Contract">What the columns mean.</param>
/// <param name="Columns">By name, each <see cref="Rows"/> long; free texts are left out.</param>
/// <param name="Times">The rows' times; empty when the contract has none.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record DataTable(DataContract Contract, IReadOnlyDictionary<string, double[]> Columns, IReadOnlyList<DateTime> Times, int Rows)
{
    /// <summary>Position of the first row of files that are held out; <see cref="Rows"/> where there are none.</summary>
    public int HeldOutFrom { get; init; } = Rows;

    /// <summary>The values of the column to predict.</summary>
    public double[] Label => Columns[Contract.Label.Name];

    /// <summary>The rows with the given positions, in that order.</summary>
    public DataTable Select(IReadOnlyList<int> positions) => new(
        Contract,
        Columns.ToDictionary(column => column.Key, column => positions.Select(position => column.Value[position]).ToArray()),
        Times.Count == 0 ? Times : [.. positions.Select(position => Times[position])],
        positions.Count);
}
