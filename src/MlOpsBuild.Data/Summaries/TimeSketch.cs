using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
namespace MlOpsBuild.Data.Summaries;

/// <summary>How rows follow one another in time, and how many there are of each day.</summary>
internal sealed class TimeSketch
{
    private const double MillisecondsPerDay = 86_400_000;
    private const long Latest = 315_537_897_599_999;
    private const int MostSteps = 4096;
    private const int MostDays = 100_000;
    private const int MostGaps = 10;
    private const double UsualShare = 0.9;
    private const int RecentBits = 8;
    private const ulong Spreading = 0x9E37_79B9_7F4A_7C15;
    private readonly (long Step, long Rows)[] _recent = new (long, long)[1 << RecentBits];
    private readonly Dictionary<long, long> _steps = [];
    private readonly Dictionary<int, long> _rowsByDay = [];
    private readonly List<(long Step, long From)> _longest = [];
    private long _first;
    private long _last;
    private long _earliest = long.MaxValue;
    private long _latest = long.MinValue;
    private long _otherSteps;
    private long _backwards;
    private bool _hasOtherDays;
    private double _exactly = double.NaN;
    private int _day = -1;
    private long _rowsOfDay;
    private long _shortestKept;

    /// <summary>Takes the times of rows in file order, in days; NaN where a row has none.</summary>
    /// <param name="days">The times.</param>
    /// <param name="hours">Hours to add; empty where times hold them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<double> days, ReadOnlySpan<double> hours)
    {
        for (var row = 0; row < days.Length; row++)
        {
            if (!double.IsNaN(days[row]) && (hours.Length == 0 || !double.IsNaN(hours[row])))
            {
                CountDay(Math.Clamp((int)days[row], 0, DateOnly.MaxValue.DayNumber));
                var time = (days[row] * MillisecondsPerDay) + (hours.Length == 0 ? 0 : hours[row] * MillisecondsPerDay / 24);
                Follow((long)Math.Round(Math.Clamp(time, 0, Latest)), isSame: time.Equals(_exactly));
                _exactly = time;
            }
        }
    }

    /// <summary>Takes over what another sketch saw after this one.</summary>
    public void Merge(TimeSketch other)
    {
        if (!other.HasAny)
        {
            return;
        }

        other.FinishSteps();
        Follow(other._first, isSame: true);
        (_last, _earliest, _latest) = (other._last, Math.Min(_earliest, other._earliest), Math.Max(_latest, other._latest));
        other._steps.ToList().ForEach(step => Count(step.Key, step.Value));
        other._longest.ForEach(gap => KeepLongest(gap.Step, gap.From));
        other.FinishDay();
        other._rowsByDay.ToList().ForEach(day => CountDay(day.Key, day.Value));
        (_otherSteps, _backwards, _hasOtherDays) =
            (_otherSteps + other._otherSteps, _backwards + other._backwards, _hasOtherDays | other._hasOtherDays);
    }

    /// <summary>What was seen; null where there was no time.</summary>
    public TimeSummary? ToSummary()
    {
        FinishDay();
        FinishSteps();
        if (!HasAny)
        {
            return null;
        }

        var all = _steps.Values.Sum() + _otherSteps;
        var usual = _steps.Count == 0 ? default : _steps.MaxBy(step => (step.Value, -step.Key));
        var isRegular = usual.Key > 0 && usual.Value >= UsualShare * all;
        var days = _rowsByDay.Keys.ToList();
        return new(
            Time(_earliest), Time(_latest), _backwards, _steps.GetValueOrDefault(0),
            isRegular ? TimeSpan.FromMilliseconds(usual.Key) : null,
            isRegular ? _steps.Where(step => step.Key > usual.Key).Sum(step => ((step.Key / usual.Key) - 1) * step.Value) : null,
            isRegular
                ? [.. _longest.Where(gap => gap.Step > usual.Key)
                    .OrderByDescending(gap => gap.Step)
                    .ThenBy(gap => gap.From)
                    .Select(gap => new TimeGap(Time(gap.From), Time(gap.From + gap.Step)))]
                : [],
            _hasOtherDays || days.Count == 0 ? null : days.Max() - days.Min() + 1 - days.Count,
            [.. _rowsByDay.OrderBy(day => day.Key)
                .GroupBy(day => DateOnly.FromDayNumber(day.Key) is var date ? new DateOnly(date.Year, date.Month, 1) : default)
                .Select(month => new RowsOfMonth(month.Key, month.Sum(day => day.Value)))]);
    }

    private bool HasAny => _earliest <= _latest;

    private static DateTime Time(long milliseconds) => new(milliseconds * TimeSpan.TicksPerMillisecond);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Follow(long time, bool isSame)
    {
        if (!HasAny)
        {
            (_first, _last, _earliest, _latest) = (time, time, time, time);
            return;
        }

        // Less than a millisecond apart is not the same.
        var step = time - _last;
        if (step == 0 && !isSame)
        {
            _otherSteps++;
        }
        else
        {
            CountStep(step);
        }

        if (step > 0)
        {
            if (step > _shortestKept)
            {
                KeepLongest(step, _last);
            }

            _latest = Math.Max(_latest, time);
        }
        else if (step < 0)
        {
            _backwards++;
            _earliest = Math.Min(_earliest, time);
        }

        _last = time;
    }

    // Few steps mostly come again and again: they are counted here, and there when another one takes their place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountStep(long step)
    {
        ref var recent = ref _recent[(int)((ulong)step * Spreading >> (64 - RecentBits))];
        if (recent.Step != step)
        {
            FinishStep(ref recent);
            recent.Step = step;
        }

        recent.Rows++;
    }

    private void FinishStep(ref (long Step, long Rows) recent)
    {
        if (recent.Rows > 0)
        {
            Count(recent.Step, recent.Rows);
            recent.Rows = 0;
        }
    }

    private void FinishSteps()
    {
        foreach (ref var recent in _recent.AsSpan())
        {
            FinishStep(ref recent);
        }
    }

    private void Count(long step, long rows)
    {
        if (_steps.Count == MostSteps && !_steps.ContainsKey(step))
        {
            ForgetRareSteps();
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_steps, step, out _) += rows;
    }

    // The rarer half makes room: a step that is usual comes again. That nothing passed is never forgotten.
    private void ForgetRareSteps()
    {
        foreach (var (step, rows) in _steps.Where(step => step.Key != 0)
            .OrderBy(step => step.Value).ThenByDescending(step => Math.Abs(step.Key)).Take(MostSteps / 2).ToList())
        {
            _steps.Remove(step);
            _otherSteps += rows;
        }
    }

    private void KeepLongest(long step, long from)
    {
        if (step <= _shortestKept)
        {
            return;
        }

        var at = _longest.FindIndex(gap => gap.Step < step);
        _longest.Insert(at < 0 ? _longest.Count : at, (step, from));
        if (_longest.Count > MostGaps)
        {
            _longest.RemoveAt(MostGaps);
            _shortestKept = _longest[^1].Step;
        }
    }

    // Rows of one day mostly stand together.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountDay(int day)
    {
        if (day != _day)
        {
            FinishDay();
            _day = day;
        }

        _rowsOfDay++;
    }

    private void FinishDay()
    {
        CountDay(_day, _rowsOfDay);
        (_day, _rowsOfDay) = (-1, 0);
    }

    private void CountDay(int day, long rows)
    {
        if (rows == 0)
        {
            return;
        }

        if (_rowsByDay.Count < MostDays || _rowsByDay.ContainsKey(day))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_rowsByDay, day, out _) += rows;
        }
        else
        {
            _hasOtherDays = true;
        }
    }
}
