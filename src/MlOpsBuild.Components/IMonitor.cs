using MlOpsBuild.Components.Flow;
using MlOpsBuild.Components.Session;

namespace MlOpsBuild.Components;

/// <summary>Looks after what serves.</summary>
public interface IMonitor : IHazPipelines, IHazAlerts
{
    /// <summary>Whether what serves is as good as on its hold-out.</summary>
    Target Monitor => _ => _
        .Description("Compares what was answered, and the labels that came, with the hold-out: requests, data, loss, and the loss that is likely without labels")
        .Example("Monitor", "exit code 3 when what serves got worse; look as often as you like")
        .Example("Monitor --alert-issue", "for a schedule: opens an issue, brings it up to date, closes it")
        .Example("Monitor --json", "for programs")
        .ProceedAfterFailure()
        .ActsWithDocument(this, (session, ct) => MonitorFlow.MonitorAsync(session, PickedRuns(session), AlertSettings.Of(this), ct));
}
