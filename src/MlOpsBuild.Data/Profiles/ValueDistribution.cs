namespace MlOpsBuild.Data.Profiles;

/// <summary>
/// How often each value occurs. Exact up to <see cref="MostValues"/> different values; beyond, neighbours are joined into groups of
/// about equal size, each standing at its largest value, so that a share is wrong by at most one group.
/// </summary>
/// <param name="Values">Different values, ascending.</param>
/// <param name="Counts">How often each occurs.</param>
public sealed record ValueDistribution(IReadOnlyList<double> Values, IReadOnlyList<int> Counts)
{
    /// <summary>Most different values that are kept apart.</summary>
    public const int MostValues = 1024;

    /// <summary>The distribution of values sorted ascending.</summary>
    public static ValueDistribution Of(IReadOnlyList<double> sorted)
    {
        var distinct = sorted.GroupBy(value => value).Select(group => (Value: group.Key, Count: group.Count())).ToList();
        if (distinct.Count > MostValues)
        {
            var before = 0;
            var groups = new List<(double Value, int Count)>();
            foreach (var group in distinct.GroupBy(value => GroupOf(value.Count)))
            {
                groups.Add((group.Last().Value, group.Sum(value => value.Count)));
            }

            distinct = groups;

            // Groups of equal rank; a value that occurs often stays whole.
            long GroupOf(int count)
            {
                var first = before;
                before += count;
                return (long)first * MostValues / sorted.Count;
            }
        }

        return new([.. distinct.Select(value => value.Value)], [.. distinct.Select(value => value.Count)]);
    }

    /// <summary>Values in all.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Total => Counts.Sum();

    /// <summary>How many values are at most <paramref name="bound"/>.</summary>
    public int AtMost(double bound) => Values.Zip(Counts).TakeWhile(value => value.First <= bound).Sum(value => value.Second);

    /// <summary>
    /// The quantile of type 7 (Hyndman and Fan 1996) at <paramref name="level"/> in [0, 1]; at least one value is needed.
    /// </summary>
    public double Quantile(double level)
    {
        var position = level * (Total - 1);
        var below = (int)position;
        return At(below) + ((position - below) * (At(Math.Min(below + 1, Total - 1)) - At(below)));
    }

    private double At(int rank)
    {
        var seen = 0;
        return Values[Counts.TakeWhile(count => (seen += count) <= rank).Count()];
    }
}
