using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>Finds rows, and groups of rows that are alike, on both sides of a split.</summary>
internal static class SharedParts
{
    private const double FewRows = 0.05;
    private const double MostlyDifferent = 0.9;
    private const double Alike = 0.5;
    private const double SmallestGroup = 2;
    private const int FewestGroups = 20;

    public static IEnumerable<Leak> Of(
        DataTable table, IReadOnlyList<string> features, IReadOnlyList<double> labels, Split split, PipelineSpec pipeline)
    {
        if (pipeline.HoldOut is LastDays)
        {
            // Rows of the same things come again and again; that is what is predicted.
            yield break;
        }

        if (Rows(table, features, labels, split) is { } rows)
        {
            yield return rows;
        }

        if (pipeline.HoldOut is RandomShare)
        {
            foreach (var column in table.Contract.Columns.Where(column => column != table.Contract.Label
                && column is { Timestamp: null, PersonalData: false }
                && !features.Contains(column.Name)))
            {
                if (Keys(table, column.Name) is { } keys
                    && Groups(column.Name, keys, labels, [.. split.Training, .. split.HeldOut]) is { } groups)
                {
                    yield return groups;
                }
            }
        }
    }

    private static double[]? Keys(DataTable table, string column) =>
        table.Contract[column].Rule.Kind is FieldKind.Real or FieldKind.Flag ? null
            : table.TextColumns.GetValueOrDefault(column) ?? table.Columns.GetValueOrDefault(column);

    // Where rows are mostly different, equal ones do not come about by chance.
    private static Leak? Rows(DataTable table, IReadOnlyList<string> features, IReadOnlyList<double> labels, Split split)
    {
        List<double[]?> columns = [.. features.Select(column => table.Columns[column])];
        var (trainingKeys, heldOutKeys) = (split.Training.Select(Key).ToList(), split.HeldOut.Select(Key).ToList());
        var trained = trainingKeys.ToHashSet();
        var shared = heldOutKeys.Count(trained.Contains);
        return shared > FewRows * split.HeldOut.Count
            && (trained.Count >= MostlyDifferent * split.Training.Count || RowCopies.Are([.. trainingKeys, .. heldOutKeys]))
            ? new(LeakKind.SharedRows, [], Invariant($"{shared} of {split.HeldOut.Count} held-out rows are among those trained on"))
            : null;

        // 64 bits tell a million rows apart but for one chance in thirty million.
        ulong Key(int row) => columns.Append(null).Aggregate(
            0UL,
            (key, column) => SplitMix64.Mix(key ^ BitConverter.DoubleToUInt64Bits(column == null ? labels[row] : column[row])));
    }

    // The intraclass correlation of a one-way analysis of variance (Fisher 1925): how alike the labels of a group are, in [-1, 1].
    private static Leak? Groups(string column, double[] keys, IReadOnlyList<double> labels, IReadOnlyList<int> rows)
    {
        var groups = rows.Where(row => !double.IsNaN(keys[row]))
            .GroupBy(row => keys[row])
            .Select(group => group.Select(row => labels[row]).ToList())
            .ToList();
        var count = groups.Sum(group => group.Count);
        if (groups.Count < FewestGroups || count < SmallestGroup * groups.Count || groups.Count * 50 < count)
        {
            return null;
        }

        var mean = groups.Sum(group => group.Sum()) / count;
        var between = groups.Sum(group => group.Count * Math.Pow(group.Average() - mean, 2)) / (groups.Count - 1);
        var within = groups.Sum(group => group.Sum(label => Math.Pow(label - group.Average(), 2))) / (count - groups.Count);
        var size = (count - (groups.Sum(group => (double)group.Count * group.Count) / count)) / (groups.Count - 1);
        var alike = between + within > 0 ? (between - within) / (between + ((size - 1) * within)) : 0;
        return alike < Alike ? null : new(LeakKind.SharedGroups, [column], Invariant(
            $"{groups.Count} groups of {(double)count / groups.Count:0.#} rows; labels of a group are alike by {alike:0.00} (intraclass correlation)"));
    }
}
