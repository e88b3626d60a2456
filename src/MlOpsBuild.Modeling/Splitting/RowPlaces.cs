using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>Draws a place in [0, 1) for each row from a seed and what the row holds.</summary>
internal static class RowPlaces
{
    /// <summary>By the rows' identifiers, or by all their values where they have none.</summary>
    public static double[] Of(DataTable table, long seed)
    {
        var identifiers = table.Contract.Columns.Where(column => column.Role == ColumnRole.Identifier && Has(table, column.Name))
            .Select(column => column.Name)
            .ToArray();
        return identifiers.Length > 0 ? Of(table, identifiers, seed) : OfContent(table, seed);
    }

    /// <summary>By all values but identifiers: rows that say the same have one place.</summary>
    public static double[] OfContent(DataTable table, long seed) => Of(
        table,
        [
            .. table.Contract.Columns.Where(column => column.Role != ColumnRole.Identifier && Has(table, column.Name))
                .Select(column => column.Name),
        ],
        seed);

    /// <summary>By the values of <paramref name="names"/>.</summary>
    public static double[] Of(DataTable table, IReadOnlyList<string> names, long seed)
    {
        var columns = names.Select(name => table.TextColumns.TryGetValue(name, out var texts) ? Hashed(table, texts) : table.Columns[name])
            .ToArray();
        var places = new double[table.Rows];
        for (var row = 0; row < table.Rows; row++)
        {
            var state = (ulong)seed;
            foreach (var column in columns)
            {
                state = new SplitMix64(state ^ BitConverter.DoubleToUInt64Bits(double.IsNaN(column[row]) ? double.NaN : column[row] + 0))
                    .Next();
            }

            places[row] = new SplitMix64(state).NextDouble();
        }

        return places;
    }

    private static bool Has(DataTable table, string name) => table.Columns.ContainsKey(name) || table.TextColumns.ContainsKey(name);

    // By what a text says: its position follows from the order of rows.
    private static double[] Hashed(DataTable table, double[] texts)
    {
        double[] hashes = [.. table.Texts.Select(text => (double)(StableHash.Of(text) >> 11))];
        return [.. texts.Select(position => double.IsNaN(position) ? double.NaN : hashes[(int)position])];
    }
}
