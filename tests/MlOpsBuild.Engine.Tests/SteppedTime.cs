namespace MlOpsBuild.Engine.Tests;

/// <summary>A clock whose timers wait until it is moved past them; it says when somebody begins to wait.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Seen)> _watched = [];
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Ends when somebody waits for that long; at once when somebody does.</summary>
    public Task WaitedForAsync(TimeSpan due)
    {
        lock (_gate)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watched.Add((due, seen));
            return _waiting.Exists(timer => timer.Due == due) ? Task.CompletedTask : seen.Task;
        }
    }

    /// <summary>
    /// Lets the time pass once <paramref name="running"/> waits for it; at once when that has ended, so that
    /// a test fails and does not hang.
    /// </summary>
    public async Task PassAsync(TimeSpan due, Task running)
    {
        await Task.WhenAny(running, WaitedForAsync(due));
        Advance(due);
    }

    public void Advance(TimeSpan time)
    {
        List<Waiting> due;
        lock (_gate)
        {
            _now += time;
            due = _waiting.FindAll(timer => timer.At <= _now);
            _waiting.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Callback(timer.State));
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Waiting(SteppedTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimerCallback Callback => callback;

        public object? State => state;

        public TimeSpan Due { get; private set; }

        public DateTimeOffset At { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._waiting.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    (Due, At) = (dueTime, time._now + dueTime);
                    time._waiting.Add(this);
                    time._watched.FindAll(watched => watched.Due == dueTime).ForEach(watched => watched.Seen.TrySetResult());
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._waiting.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
