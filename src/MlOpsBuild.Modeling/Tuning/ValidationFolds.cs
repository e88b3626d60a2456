using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Backtesting;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>
/// Splits the rows before the hold-out as the hold-out itself is made: where time decides, each fold predicts days after those that it was
/// fitted on; groups stay whole; else rows are drawn by what they hold, of each class its share. The hold-out is in no fold.
/// </summary>
internal static class ValidationFolds
{
    /// <summary>The folds.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="pipeline">What is held out, and what is predicted.</param>
    /// <param name="count">How many, at least 1; a single one keeps a third for validation.</param>
    /// <exception cref="Core.StageFailedException">There are too few days.</exception>
    public static IReadOnlyList<Split> Of(DataTable table, PipelineSpec pipeline, int count)
    {
        var known = pipeline.HoldOut.Split(table, pipeline.Seed).Training;
        return known.Count == 0 ? []
            : table.Times.Count > 0 && (pipeline.HoldOut is LastDays or OwnFiles)
                ? RollingOrigin.Splits(table, known, count, Horizon(table, known, pipeline.HoldOut, count))
                : Drawn(table, known, pipeline, count);
    }

    // As far ahead as is held out; but half of the days are for the first fold to learn from.
    private static int Horizon(DataTable table, IReadOnlyList<int> known, HoldOut holdOut, int count)
    {
        var days = (int)(table.Times[known[^1]].Date - table.Times[known[0]].Date).TotalDays + 1;
        return Math.Max(1, Math.Min(holdOut is LastDays { Days: var heldOut } ? heldOut : days, days / (2 * count)));
    }

    private static List<Split> Drawn(DataTable table, IReadOnlyList<int> known, PipelineSpec pipeline, int count)
    {
        // Not the seed of the hold-out: what lies next to it would be the first fold.
        var seed = unchecked(pipeline.Seed + (long)0x9E3779B97F4A7C15UL);
        var group = (pipeline.HoldOut as GroupShare)?.Column;
        var places = group != null ? RowPlaces.Of(table, [group], seed) : RowPlaces.Of(table, seed);
        var labels = group == null && pipeline.Target.Classes != null ? pipeline.Target.KnownOf(table) : null;
        var folds = Math.Max(count, 3);
        var fold = new Dictionary<int, int>();
        foreach (var stratum in known.GroupBy(row => labels?[row]))
        {
            var units = stratum.GroupBy(row => places[row]).OrderBy(unit => unit.Key).ToList();
            foreach (var (place, unit) in units.Index())
            {
                foreach (var row in unit)
                {
                    fold[row] = place * folds / units.Count;
                }
            }
        }

        var blocks = known.Select(row => places[row]).Distinct().Order().Index().ToDictionary(unit => unit.Item, unit => unit.Index);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            IReadOnlyList<int> kept = [.. known.Where(row => fold[row] == number)];
            return new Split(
                [.. known.Where(row => fold[row] != number)], kept,
                [.. kept.Select(row => group != null ? blocks[places[row]] : row)],
                group != null ? BlockUnit.Group : BlockUnit.Row);
        })];
    }
}
