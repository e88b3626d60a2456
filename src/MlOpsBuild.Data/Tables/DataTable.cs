using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables;

/// <summary>
/// Rows in columns of numbers: dates as day numbers (0001-01-01 is 0), texts with categories as indexes, missing as NaN.
/// </summary>
/// <param name="Contract">What the columns mean.</param>
/// <param name="Columns">By name, each <see cref="Rows"/> long; free texts are left out.</param>
/// <param name="Times">The rows' times; empty when the contract has none.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record DataTable(
    DataContract Contract, IReadOnlyDictionary<string, double[]> Columns, IReadOnlyList<DateTime> Times, int Rows)
{
    /// <summary>Position of the first row of files that are held out; <see cref="Rows"/> where there are none.</summary>
    public int HeldOutFrom { get; init; } = Rows;

    /// <summary>Free texts that a model may read, by column: each a position in <see cref="Texts"/>, NaN where it is missing.</summary>
    public IReadOnlyDictionary<string, double[]> TextColumns { get; init; } = new Dictionary<string, double[]>();

    /// <summary>The different free texts.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The values of the column to predict: numbers, or positions of free texts.</summary>
    public double[] Label => Values(Contract.Label.Name);

    /// <summary>The values of a column: numbers, or positions of free texts.</summary>
    public double[] Values(string name) => TextColumns.TryGetValue(name, out var texts) ? texts : Columns[name];

    /// <summary>The rows with the given positions, in that order.</summary>
    public DataTable Select(IReadOnlyList<int> positions)
    {
        return new(
            Contract, Picked(Columns), Times.Count == 0 ? Times : [.. positions.Select(position => Times[position])],
            positions.Count) { TextColumns = Picked(TextColumns), Texts = Texts };

        Dictionary<string, double[]> Picked(IReadOnlyDictionary<string, double[]> columns) =>
            columns.ToDictionary(column => column.Key, column => positions.Select(position => column.Value[position]).ToArray());
    }
}
