using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using static System.FormattableString;

namespace MlOpsBuild.Data.Inference;

/// <summary>What columns have to do with one another and with themselves from row to row.</summary>
internal sealed class ColumnRelations(IReadOnlyList<ColumnFacts> facts, IReadOnlyList<ColumnContract> columns, string label)
{
    private const int FewestRows = 50;
    private const int LongRun = 12;
    private const double ShortRun = 6;
    private const double ShortRuns = 0.995;
    private const double ApartShare = 0.01;
    private const double ApartDistance = 0.05;
    private const double Tolerance = 1e-9;
    private const double MostRows = 0.9;
    private readonly List<int> _numbers = [.. facts.Index()
        .Where(column => column.Item.Kind is FieldKind.Whole or FieldKind.Real && column.Item.Values.Count >= FewestRows)
        .Select(column => column.Index)];

    /// <summary>The columns, those that add up to the label or equal it marked.</summary>
    public IEnumerable<ColumnContract> WithLeaks()
    {
        var (sums, copies) = (Sums.Where(sum => NameOf(sum.Sum) == label).ToList(), Copies);
        return columns.Select(column =>
            sums.FirstOrDefault(sum => sum.First == column.Property || sum.Second == column.Property) is { First: not null } sum
            ? column with
            {
                Role = ColumnRole.Leak, Note = $"adds up to {label} with {NameOf(sum.First == column.Property ? sum.Second : sum.First)}"
            }
            : copies.Contains(column.Name) ? column with { Role = ColumnRole.Leak, Note = $"equals {label}" }
            : column);
    }

    /// <summary>Pairs of columns that add up to a third one in every row.</summary>
    public IReadOnlyList<(string First, string Second, string Sum)> Sums => field ??= FindSums();

    /// <summary>Measured columns that change from row to row but for a few long runs.</summary>
    public IReadOnlyList<(string Property, int Rows)> Stuck() =>
        [.. Runs.Where(column => column.Longest > LongRun).Select(column => (columns[column.Column].Property, LongRun))];

    /// <summary>Measured columns with a few smallest values that stand apart from all others.</summary>
    public IReadOnlyList<(string Property, double Value)> Apart() =>
        [.. Outlying.Select(column => (columns[column.Column].Property, column.Value))];

    /// <summary>Pairs of measured columns that go together in nearly all rows, and how far apart they usually are.</summary>
    public IReadOnlyList<ColumnPair> Pairs => field ??= FindPairs();

    /// <summary>All of it in sentences.</summary>
    public IEnumerable<string> Remarks() =>
    [
        .. Sums.Select(sum => $"{NameOf(sum.First)} + {NameOf(sum.Second)} = {NameOf(sum.Sum)} in every row{(NameOf(sum.Sum) == label ? ": both are marked [Leak], and no features" : "")}"),
        .. Copies.Select(copy => $"{copy} equals {label} in every row: it is marked [Leak]"),
        .. Outlying.Select(column => Invariant(
            $"{facts[column.Column].Name} is {column.Value} in {column.Count} rows, and {column.Next} or more in all others: was it measured there?")),
        .. Pairs.Select(pair => Invariant($"{NameOf(pair.First)} and {NameOf(pair.Second)} go together but for {pair.Apart} rows")),
        .. Runs.Where(column => column.Longest > LongRun)
            .Select(column => Invariant($"{facts[column.Column].Name} keeps one value for {column.Longest} rows: did it hang?")),
    ];

    private List<(string, string, string)> FindSums()
    {
        var found = new List<(string, string, string)>();
        foreach (var sum in _numbers)
        {
            for (var i = 0; i < _numbers.Count; i++)
            {
                for (var j = i + 1; j < _numbers.Count; j++)
                {
                    if (_numbers[i] != sum && _numbers[j] != sum && Varies(_numbers[i]) && Varies(_numbers[j])
                        && AddUp(facts[_numbers[i]].Values, facts[_numbers[j]].Values, facts[sum].Values))
                    {
                        found.Add((columns[_numbers[i]].Property, columns[_numbers[j]].Property, columns[sum].Property));
                    }
                }
            }
        }

        return found;
    }

    private List<ColumnPair> FindPairs()
    {
        var found = new List<ColumnPair>();
        List<int> measured =
        [
            .. _numbers.Where(column => columns[column] is { Role: ColumnRole.Feature, Timestamp: null, Rule.Kind: FieldKind.Real }
                && !facts[column].Values.Any(double.IsNaN))
        ];
        for (var i = 0; i < measured.Count; i++)
        {
            for (var j = i + 1; j < measured.Count; j++)
            {
                if (ColumnPair.Of(
                    columns[measured[i]].Property, facts[measured[i]].Values, columns[measured[j]].Property, facts[measured[j]].Values)
                    is { } pair)
                {
                    found.Add(pair);
                }
            }
        }

        return found;
    }

    private string NameOf(string property) => columns.First(column => column.Property == property).Name;

    private bool Varies(int column) => facts[column].Maximum > facts[column].Minimum;

    private IReadOnlyList<string> Copies =>
        field ??= facts.FirstOrDefault(column => column.Name == label) is { Values.Count: >= FewestRows } target
            ? [.. facts
                .Where(column => column.Name != label
                    && column.Kind is FieldKind.Whole or FieldKind.Real or FieldKind.Flag
                    && Agree(target.Values.Count, row => column.Values[row] - target.Values[row], _ => 0))
                .Select(column => column.Name)]
            : [];

    private IReadOnlyList<(int Column, int Longest)> Runs => field ??=
    [
        .. from column in _numbers
        where columns[column] is { Role: ColumnRole.Feature, Timestamp: null, Rule.Kind: FieldKind.Real }
        let runs = RunsOf(facts[column].Values)
        where runs.Count(run => run <= ShortRun) >= ShortRuns * runs.Count
        select (column, runs.Max()),
    ];

    private IReadOnlyList<(int Column, double Value, int Count, double Next)> Outlying => field ??= [.. FindOutlying()];

    private IEnumerable<(int Column, double Value, int Count, double Next)> FindOutlying()
    {
        foreach (var column in _numbers.Where(
            column => columns[column] is { Role: ColumnRole.Feature, Timestamp: null, Rule.Kind: FieldKind.Real }))
        {
            var (values, smallest) = (facts[column].Values, facts[column].Minimum);
            var count = values.Count(value => value == smallest);
            var others = values.Where(value => value > smallest).ToList();
            if (others.Count > 0 && count > 1 && count <= ApartShare * values.Count
                && others.Min() - smallest >= ApartDistance * (others.Max() - others.Min()) && others.Max() > others.Min())
            {
                yield return (column, smallest, count, others.Min());
            }
        }
    }

    private static List<int> RunsOf(List<double> values)
    {
        var (runs, from) = (new List<int>(), 0);
        for (var row = 1; row <= values.Count; row++)
        {
            if (row == values.Count || !values[row].Equals(values[from]))
            {
                runs.Add(row - from);
                from = row;
            }
        }

        return runs;
    }

    private static bool AddUp(List<double> first, List<double> second, List<double> sum) =>
        Agree(sum.Count, row => first[row] + second[row] - sum[row], row => Tolerance * Math.Max(1, Math.Abs(sum[row])));

    // In every row that has all of them, and most have: a gap is no exception. The first row that differs ends it.
    private static bool Agree(int rows, Func<int, double> difference, Func<int, double> most)
    {
        var known = 0;
        for (var row = 0; row < rows; row++)
        {
            var away = Math.Abs(difference(row));
            if (away > most(row))
            {
                return false;
            }

            known += double.IsNaN(away) ? 0 : 1;
        }

        return known >= Math.Max(FewestRows, MostRows * rows);
    }
}
