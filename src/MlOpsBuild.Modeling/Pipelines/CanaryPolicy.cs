namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>How a new version takes over from the one that serves.</summary>
public sealed record CanaryPolicy
{
    /// <summary>
    /// Of answers that are texts: each takes long and costs money, and different requests are compared. Offline gates see smaller losses of
    /// score before.
    /// </summary>
    public static CanaryPolicy OfAnswers { get; } = new()
    {
        Steps = [10, 50], RequestsPerStep = 30, MaximumRequests = 2000, MinimumCanaryRequests = 60, LossMargin = 0, LossAllowance = 0.1,
        ToleratedRate = 0.05, SlowAfter = TimeSpan.FromSeconds(10), MirrorPercent = 0, RehearsalRate = 4,
    };

    /// <summary>Share of requests that the canary gets at each step, in percent, ascending.</summary>
    /// <value>5, 25, 50.</value>
    public IReadOnlyList<int> Steps { get; init; } = [5, 25, 50];

    /// <summary>
    /// Requests answered at each step before the next one begins; the last step goes on until there is a decision or
    /// <see cref="MaximumRequests"/>.
    /// </summary>
    /// <value>600.</value>
    public int RequestsPerStep { get; init; } = 600;

    /// <summary>Requests after which the canary ends without a decision.</summary>
    /// <value>8000.</value>
    public int MaximumRequests { get; init; } = 8000;

    /// <summary>Canary answers, mirrored ones among them, before which no promotion is considered.</summary>
    /// <value>300.</value>
    public int MinimumCanaryRequests { get; init; } = 300;

    /// <summary>Probability of rolling back a version that is no worse, over all looks and metrics.</summary>
    /// <value>0.05.</value>
    public double FalseAlarm { get; init; } = 0.05;

    /// <summary>Probability of promoting a version that is worse by a margin, per metric.</summary>
    /// <value>0.05.</value>
    public double FalsePromotion { get; init; } = 0.05;

    /// <summary>Largest tolerated rise of the mean loss per row over the champion's, relative; more of it is harm.</summary>
    /// <value>0.1: of a squared error, about 5 % of its root.</value>
    public double LossMargin { get; init; } = 0.1;

    /// <summary>The same in the loss's own unit, beside the relative one: of ratings from 0 to 1, how much lower the mean may be.</summary>
    /// <value>0; of answers that are texts 0.1, and no relative one.</value>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public double LossAllowance { get; init; }

    /// <summary>Ratio of bad-event rates up to which a canary counts as no worse; at least 1.</summary>
    /// <value>1.1.</value>
    public double ToleratedRatio { get; init; } = 1.1;

    /// <summary>Ratio of bad-event rates that must be ruled out before promotion; above 1.</summary>
    /// <value>2.</value>
    public double EventMargin { get; init; } = 2;

    /// <summary>Rate of bad events that is tolerated where there are too few to compare.</summary>
    /// <value>0.01.</value>
    public double ToleratedRate { get; init; } = 0.01;

    /// <summary>Median answer time that a version without a champion to compare with must keep.</summary>
    /// <value>100 ms.</value>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Ratio of median answer times, canary to champion, that is harm when it is exceeded; null shows the ratio and judges it not.
    /// </summary>
    /// <value>null.</value>
    public double? LatencyBudget { get; init; }

    /// <summary>
    /// Share of the callers' requests that the other arm answers too, unseen, in percent; a rehearsal mirrors all of its own.
    /// </summary>
    /// <value>100.</value>
    public double MirrorPercent { get; init; } = 100;

    /// <summary>Request header that keeps a caller with one arm, or null.</summary>
    public string? StickyHeader { get; init; }

    /// <summary>Cookie that keeps a caller with one arm, or null.</summary>
    public string? StickyCookie { get; init; }

    /// <summary>
    /// Largest mean change of predictions, in units of the champion's error (its 99.9 % quantile), with which a version may take over
    /// although no labels came; null waits for labels.
    /// </summary>
    /// <value>null.</value>
    public double? UnlabelledChange { get; init; }

    /// <summary>Rehearsal requests per second on the environment <c>local</c>.</summary>
    /// <value>400.</value>
    public int RehearsalRate { get; init; } = 400;
}
