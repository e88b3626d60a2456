namespace MlOpsBuild.Serving.Supervision;

/// <summary>How one model server has been, and when it may be started again.</summary>
internal sealed class ServerHealth(TimeProvider time)
{
    private const int Most = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Recovered = TimeSpan.FromMinutes(5);
    private long _started;
    private int _starts;

    /// <summary>Looks in a row without an answer.</summary>
    public int Silent { get; set; }

    public void Answered()
    {
        Silent = 0;
        _starts = _starts > 0 && time.GetElapsedTime(_started) > Recovered ? 0 : _starts;
    }

    /// <summary>Whether enough time has passed since the last start; counts a start when it has.</summary>
    public bool MayStart()
    {
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_starts, Most)));
        if (_starts == Most || (_starts > 0 && time.GetElapsedTime(_started) < pause))
        {
            return false;
        }

        (_started, Silent) = (time.GetTimestamp(), 0);
        _starts++;
        return true;
    }

    public string Describe() => _starts == Most ? $"start {_starts}, the last one" : $"start {_starts} of {Most}";
}
