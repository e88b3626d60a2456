using static System.FormattableString;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>One look of the judge, as recorded.</summary>
/// <param name="At">When.</param>
/// <param name="CanaryPercent">The weight in force.</param>
/// <param name="Seen">What was seen so far.</param>
/// <param name="Decision">What follows.</param>
/// <param name="Reason">Why, with numbers.</param>
public sealed record CanaryLook(DateTimeOffset At, double CanaryPercent, CanaryMeasurement Seen, CanaryDecision Decision, string Reason)
{
    /// <summary>The look in a line.</summary>
    public string Describe() =>
        Invariant($"{CanaryPercent,3:0} %  canary {Seen.CanaryRequests,5}  baseline {Seen.BaselineRequests,5}  {Decision}: {Reason}");
}
