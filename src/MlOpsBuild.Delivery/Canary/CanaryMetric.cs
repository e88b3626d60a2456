using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>One kind of bad event at one look.</summary>
/// <param name="Event">The kind.</param>
/// <param name="InCanary">Events in the canary.</param>
/// <param name="InBaseline">Events in the baseline.</param>
/// <param name="CanaryExposure">Where they could have happened in the canary: answers, labelled predictions, or seconds.</param>
/// <param name="BaselineExposure">The same in the baseline.</param>
/// <param name="LogHarm">ln of the e-value of harm.</param>
/// <param name="LogNoHarm">ln of the e-value of no harm.</param>
/// <param name="LowerRate">The canary's rate is above this, at every look with 95 % confidence.</param>
/// <param name="UpperRate">The canary's rate is below this, at every look with 95 % confidence.</param>
public sealed record CanaryMetric(
    BadEvent Event, int InCanary, int InBaseline, int CanaryExposure, int BaselineExposure, double LogHarm, double LogNoHarm,
    double LowerRate, double UpperRate)
{
    /// <summary>
    /// Batches, of what is slow seconds, since the newest one that had it in the canary alone; all there were when none had.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public int Quiet { get; init; }
}
