using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>Looks whether the daily mean of a column stays within the bounds that were set for it.</summary>
internal sealed class WatchedMeans(WatchedColumn watched)
{
    public MonitorAspect Judge(ServedRows window)
    {
        var days = window.Columns.TryGetValue(watched.Column, out var values)
            ? Enumerable.Range(0, window.Count).Where(row => !double.IsNaN(values[row]))
                .GroupBy(row => DateOnly.FromDateTime(window.Times[row]), row => values[row])
                .Select(day => (Day: day.Key, Mean: day.Average())).OrderBy(day => day.Day).ToList()
            : [];
        if (days.Count == 0)
        {
            return new(watched.Column, Verdict.Inconclusive, "no request brings it");
        }

        var outside = days.Where(day => day.Mean < watched.AtLeast || day.Mean > watched.AtMost).ToList();
        var bounds = (watched.AtLeast, watched.AtMost) switch
        {
            ({ } low, { } high) => Invariant($"{low} to {high}"),
            ({ } low, null) => Invariant($"at least {low}"),
            (null, { } high) => Invariant($"at most {high}"),
            _ => "no bounds",
        };
        return outside is [var first, ..]
            ? new(watched.Column, Verdict.Failed, Invariant($"{outside.Count} of {days.Count} days outside, the first with a mean of {first.Mean:G4}; {bounds} is wanted"))
            {
                Since = first.Day,
            }
            : new(watched.Column, Verdict.Passed, Invariant($"daily means from {days.Min(day => day.Mean):G4} to {days.Max(day => day.Mean):G4}; {bounds} is wanted"));
    }
}
