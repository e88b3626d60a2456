using System.Runtime.InteropServices;
using MlOpsBuild.Data.Summaries;
using static System.FormattableString;

namespace MlOpsBuild.Data.Inference;

/// <summary>How rows follow one another in time.</summary>
/// <param name="Step">The usual step; null where there is none.</param>
/// <param name="Days">Days from the first row to the last.</param>
/// <param name="Remarks">What a person should look at.</param>
internal sealed record RowTiming(TimeSpan? Step, int Days, IReadOnlyList<string> Remarks)
{
    private const int FewestRows = 20;

    public static RowTiming Of(ColumnFacts? day, ColumnFacts? hour)
    {
        if (day == null || day.Values.Count < 2)
        {
            return new(null, 0, []);
        }

        var sketch = new TimeSketch();
        sketch.Add(CollectionsMarshal.AsSpan(day.Values), hour == null ? [] : CollectionsMarshal.AsSpan(hour.Values));
        var times = sketch.ToSummary()!;
        var days = (int)(times.Last - times.First).TotalDays + 1;
        return day.Values.Count < FewestRows || times.Step is not { } step ? new(null, days, [])
            : new(
                step, days,
                times is { MissingRows: 0, Repeated: 0 }
                    ? []
                    : [Invariant($"rows come every {step}; {times.MissingRows} are missing, {times.Repeated} repeated")]);
    }
}
