namespace MlOpsBuild.Core.Views;

/// <summary>
/// Which value of a feature view counts at a moment: the latest one that was true and known by then, unless it is too old. Training, the
/// online store, the gateway and the check of one against the other all ask here.
/// </summary>
public static class PointInTime
{
    /// <summary>Whether <paramref name="value"/>, the latest of its key, counts.</summary>
    /// <param name="value">When it was true and known; null where there is none.</param>
    /// <param name="moment">The moment that asks, in ticks of universal time.</param>
    /// <param name="maxAge">How old it may be; null for any age.</param>
    public static LookupOutcome Judge(ValueTime? value, long moment, TimeSpan? maxAge) =>
        value is not { } time || time.Available > moment ? LookupOutcome.Unknown
            : maxAge is { } most && moment - time.At > most.Ticks ? LookupOutcome.Stale
            : LookupOutcome.Found;
}
