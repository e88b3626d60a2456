using MlOpsBuild.Core.Fields;
using static System.FormattableString;

namespace MlOpsBuild.Data.Inference;

/// <summary>How rows follow one another in time.</summary>
/// <param name="Step">The usual step; null where there is none.</param>
/// <param name="Days">Days from the first row to the last.</param>
/// <param name="Remarks">What a person should look at.</param>
internal sealed record RowTiming(TimeSpan? Step, int Days, IReadOnlyList<string> Remarks)
{
    private const double UsualShare = 0.9;
    private const int FewestRows = 20;

    public static RowTiming Of(ColumnFacts? day, ColumnFacts? hour)
    {
        if (day == null || day.Values.Count < 2)
        {
            return new(null, 0, []);
        }

        List<DateTime> times = [.. day.Values.Select((value, row) => Core.Fields.Days.ToTime(value).AddHours(hour?.Values[row] ?? 0))];
        var days = (int)(times[^1] - times[0]).TotalDays + 1;
        var steps = times.Zip(times.Skip(1), (first, second) => second - first).ToList();
        var usual = steps.GroupBy(step => step).MaxBy(step => step.Count())!;
        if (times.Count < FewestRows || usual.Key <= TimeSpan.Zero || usual.Count() < UsualShare * steps.Count)
        {
            return new(null, days, []);
        }

        var missing = steps.Where(step => step > usual.Key).Sum(step => (step.Ticks / usual.Key.Ticks) - 1);
        var repeated = steps.Count(step => step == TimeSpan.Zero);
        return new(usual.Key, days, missing + repeated == 0 ? [] : [Invariant($"rows come every {usual.Key}; {missing} are missing, {repeated} repeated")]);
    }
}
