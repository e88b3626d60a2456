namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Declares how a new version takes over.</summary>
public sealed class CanaryBuilder
{
    internal CanaryBuilder(CanaryPolicy? usual = null) => Policy = usual ?? new();

    private const double AllPercent = 100;

    internal CanaryPolicy Policy { get; private set; }

    /// <summary>Shares of requests in percent, ascending, at most 50.</summary>
    public CanaryBuilder Steps(params int[] percent) => With(Policy with { Steps = percent });

    /// <summary>Probability of rolling back a version that is no worse.</summary>
    public CanaryBuilder FalseAlarm(double alpha) => With(Policy with { FalseAlarm = alpha });

    /// <summary>Budget: requests per step and in all.</summary>
    public CanaryBuilder Requests(int perStep, int atMost) => With(Policy with { RequestsPerStep = perStep, MaximumRequests = atMost });

    /// <summary>
    /// Most rehearsal requests a second, where there is no traffic yet; 400 by default. Fewer for a model that answers more slowly.
    /// </summary>
    public CanaryBuilder Rehearsal(int perSecond) => With(Policy with { RehearsalRate = perSecond });

    /// <summary>Largest tolerated rise of the mean loss per row over the champion's, relative.</summary>
    public CanaryBuilder Margin(double loss) => With(Policy with { LossMargin = loss });

    /// <summary>
    /// The same in the loss's own unit: of answers that are texts, how much lower the mean rating may be; 0.1 for them by default.
    /// </summary>
    public CanaryBuilder Allowance(double loss) => With(Policy with { LossAllowance = loss });

    /// <summary>Median answer time that a first version must keep.</summary>
    public CanaryBuilder SlowAfter(TimeSpan limit) => With(Policy with { SlowAfter = limit });

    /// <summary>Judges answer times: the ratio of medians, canary to champion, that is harm when it is exceeded.</summary>
    public CanaryBuilder Latency(double budget) => With(Policy with { LatencyBudget = budget });

    /// <summary>
    /// Share of requests, 0 to 1, that the other arm answers too, unseen by the caller; 0 compares different requests
    /// and needs several times as many.
    /// </summary>
    public CanaryBuilder Mirror(double share) => With(Policy with { MirrorPercent = share * AllPercent });

    /// <summary>Keeps a caller with one arm, by a request header or a cookie.</summary>
    public CanaryBuilder Sticky(string? header = null, string? cookie = null) =>
        With(Policy with { StickyHeader = header, StickyCookie = cookie });

    /// <summary>
    /// Promotes without labels when the mean change of predictions is at most <paramref name="changeAtMost"/> of the
    /// champion's largest usual error.
    /// </summary>
    public CanaryBuilder WithoutLabels(double changeAtMost) => With(Policy with { UnlabelledChange = changeAtMost });

    private CanaryBuilder With(CanaryPolicy policy)
    {
        Policy = policy;
        return this;
    }
}
