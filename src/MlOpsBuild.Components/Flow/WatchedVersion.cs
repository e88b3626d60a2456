using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>A version that serves.</summary>
/// <param name="Version">The version.</param>
/// <param name="Input">What it promised, and what it is judged by.</param>
/// <param name="Rows">What it answered.</param>
internal sealed record WatchedVersion(ModelVersion Version, MonitorInput Input, ServedRows Rows)
{
    /// <summary>How it is doing.</summary>
    /// <param name="now">The moment of the look, UTC.</param>
    public MonitorResult Judge(DateTime now) => new MonitorJudge(Input).Judge(Rows, now);

    /// <summary>The same, judged by another rise of the loss.</summary>
    public WatchedVersion By(double? lossRise) => lossRise is { } rise
        ? this with { Input = Input with { Policy = Input.Policy with { LossMargin = rise } } }
        : this;
}
