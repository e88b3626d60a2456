using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Experiments;

/// <summary>What happened → the units of a test, or of the time before one. It counts and joins, and judges nothing.</summary>
/// <param name="policy">What is measured.</param>
/// <param name="history">What happened.</param>
public sealed class ExperimentUnits(ExperimentPolicy policy, UnitHistory history)
{
    private const int DaysOfTraffic = 28;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan LeastTraffic = TimeSpan.FromHours(1);

    /// <summary>The units of a test, in the order in which they came.</summary>
    /// <param name="record">The test.</param>
    /// <param name="now">When it is looked at.</param>
    /// <exception cref="StageFailedException">Units were in both arms.</exception>
    public IReadOnlyList<ExperimentUnit> Of(ExperimentRecord record, DateTimeOffset now)
    {
        var (until, first) = (record.Ended ?? now, new Dictionary<string, UnitEntry>(StringComparer.Ordinal));
        var (order, crossed) = (new List<UnitEntry>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var visit in history.Visits.Where(visit => visit.Experiment == record.Id && visit.Arm != null && visit.At <= until))
        {
            if (first.TryAdd(visit.Unit, visit))
            {
                order.Add(visit);
            }
            else if (first[visit.Unit].Arm != visit.Arm)
            {
                crossed.Add(visit.Unit);
            }
        }

        return crossed.Count == 0 ? [.. order.Select(visit => Unit(visit, visit.Arm == ExperimentArm.Treatment, record.Started, until))]
            : throw new StageFailedException(new Finding(
                "MLB5140", "Units were in both arms of an A/B test", record.Id, FormattableString.Invariant($"{crossed.Count} units"),
                "each unit in one arm as long as the test lasts",
                "its log was changed by somebody: end it: ./build.sh EndExperiment keep --reason …"));
    }

    /// <summary>Units as a test would have met them that ended now: none where the log is younger than a unit's time.</summary>
    public IReadOnlyList<ExperimentUnit> Before(DateTimeOffset now)
    {
        if (history.Visits.Count == 0)
        {
            return [];
        }

        var earliest = history.Visits.Min(visit => visit.At);
        var room = (now - earliest - policy.Window) / 2;
        var began = earliest + (policy.Before is { } wanted && wanted < room ? wanted : policy.Before == null ? TimeSpan.Zero : room);
        return room <= TimeSpan.Zero ? [] :
        [
            .. history.Visits.Where(visit => visit.At >= began && visit.At + policy.Window <= now)
                .DistinctBy(visit => visit.Unit)
                .Select(visit => Unit(visit, false, began, now)),
        ];
    }

    /// <summary>New units of each day until now, the oldest first; of a log younger than a day, as many as a day would have.</summary>
    public IReadOnlyList<int> NewUnits(DateTimeOffset now)
    {
        var recent = history.Visits.Where(visit => visit.At > now - (DaysOfTraffic * Day) && visit.At <= now)
            .DistinctBy(visit => visit.Unit)
            .ToList();
        if (recent.Count == 0)
        {
            return [];
        }

        var age = now - recent.Min(visit => visit.At);
        if (age < Day)
        {
            return [(int)(recent.Count * (Day / (age < LeastTraffic ? LeastTraffic : age)))];
        }

        // Days end now; the first one was not seen whole.
        var days = new int[(int)(age / Day)];
        foreach (var visit in recent)
        {
            days[Math.Max(0, days.Length - 1 - (int)((now - visit.At) / Day))]++;
        }

        return days;
    }

    private ExperimentUnit Unit(UnitEntry visit, bool treated, DateTimeOffset began, DateTimeOffset until)
    {
        var end = visit.At + policy.Window;
        var known = policy.Before is { } period ? began - period : began;
        return new(
            treated, end <= until, history.Sum(visit.Unit, visit.At, Earlier(end, until)), history.Sum(visit.Unit, known, began))
        {
            Per = history.Divisor(visit.Unit, visit.At, Earlier(end, until)),
            PerBefore = history.Divisor(visit.Unit, known, began),
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
