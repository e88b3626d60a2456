using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Fairness;

/// <summary>How many rows of a group count for a rate, and how many of these are said to be positive, block by block.</summary>
internal sealed record GroupCounts(double Group, int[] Counted, int[] Said)
{
    /// <summary>Rows that count.</summary>
    public int Rows => Counted.Sum();

    /// <summary>The rate on all of them.</summary>
    public double Whole => (double)Said.Sum() / Rows;

    /// <summary>The rate where each block counts as often as <paramref name="times"/> says; NaN where no row does.</summary>
    public double Rate(int[] times)
    {
        var (counted, said) = (0L, 0L);
        for (var block = 0; block < times.Length; block++)
        {
            counted += times[block] * Counted[block];
            said += times[block] * Said[block];
        }

        return (double)said / counted;
    }

    /// <summary>Each group, in order.</summary>
    public static IReadOnlyList<GroupCounts> Of(PredictionSet set, double[] groups, FairnessRate rate, Blocks blocks)
    {
        var found = new SortedDictionary<double, GroupCounts>();
        for (var row = 0; row < set.Count; row++)
        {
            if (!found.TryGetValue(groups[row], out var group))
            {
                found[groups[row]] = group = new(groups[row], new int[blocks.Count], new int[blocks.Count]);
            }

            if (rate == FairnessRate.Selection || set.Labels[row] == (rate == FairnessRate.TruePositive ? 1 : 0))
            {
                group.Counted[blocks.OfRow[row]]++;
                group.Said[blocks.OfRow[row]] += set.Classes!.Choose(set.At(row));
            }
        }

        return [.. found.Values];
    }
}
