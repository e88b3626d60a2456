using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Training;

/// <summary>
/// Splits training rows once more, as the hold-out is made: what belongs together stays on one side, and where time decides the newest
/// are kept.
/// </summary>
internal static class ValidationSplit
{
    /// <summary>Places among <paramref name="rows"/> to fit on, and to validate on; both ascending, neither empty.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="share">Share of them to validate on, in (0, 1).</param>
    public static (IReadOnlyList<int> Fitted, IReadOnlyList<int> Kept) Of(TrainingRows rows, double share)
    {
        var units = Enumerable.Range(0, rows.Count).GroupBy(place => rows.Units?[place] ?? place).OrderBy(unit => unit.Key).ToList();
        var order = rows.IsInTime ? Enumerable.Range(0, units.Count).Reverse() : new SplitMix64((ulong)rows.Seed).NextOrder(units.Count);
        var (kept, wanted) = (new HashSet<int>(), share * rows.Count);
        foreach (var unit in order.Take(units.Count - 1))
        {
            if (kept.Count >= wanted)
            {
                break;
            }

            kept.UnionWith(units[unit]);
        }

        return ([.. Enumerable.Range(0, rows.Count).Where(place => !kept.Contains(place))], [.. kept.Order()]);
    }
}
