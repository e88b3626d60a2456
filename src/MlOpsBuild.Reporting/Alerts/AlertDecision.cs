using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Monitoring;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>
/// Decides what a channel is to be told, from what it was told last: an alert once when it opens, once more when other things fail, and
/// once when it is over. One that cannot be told now is told by a later look, since then it is still what was told last.
/// </summary>
public static class AlertDecision
{
    /// <summary>What is new to a channel.</summary>
    /// <param name="result">How what serves is doing.</param>
    /// <param name="told">What it was told last; null when nothing was.</param>
    /// <returns>The state it is to be told; null when it knows all there is.</returns>
    public static AlertState? Of(MonitorResult result, ToldAlert? told)
    {
        var open = told is { State: AlertState.Open };
        return result.Verdict switch
        {
            Verdict.Failed => open && told!.Version == result.Version && told.Points == PointsOf(result) ? null : AlertState.Open,

            // What cannot be told yet ends no alert; a version that serves no more does.
            Verdict.Passed => open ? AlertState.Over : null,
            _ => open && told!.Version != result.Version ? AlertState.Over : null,
        };
    }

    /// <summary>What failed, as it is remembered.</summary>
    public static string PointsOf(MonitorResult result) => string.Join(", ", result.Failures.Select(aspect => aspect.Name));
}
