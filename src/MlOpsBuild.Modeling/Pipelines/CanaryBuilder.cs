namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Declares how a new version takes over.</summary>
public sealed class CanaryBuilder
{
    internal CanaryPolicy Policy { get; private set; } = new();

    /// <summary>Shares of requests in percent, ascending, at most 50.</summary>
    public CanaryBuilder Steps(params int[] percent) => With(Policy with { Steps = percent });

    /// <summary>Probability of rolling back a version that is no worse.</summary>
    public CanaryBuilder FalseAlarm(double alpha) => With(Policy with { FalseAlarm = alpha });

    /// <summary>Budget: requests per step and in all.</summary>
    public CanaryBuilder Requests(int perStep, int atMost) => With(Policy with { RequestsPerStep = perStep, MaximumRequests = atMost });

    /// <summary>An answer later than this is a bad event.</summary>
    public CanaryBuilder SlowAfter(TimeSpan limit) => With(Policy with { SlowAfter = limit });

    private CanaryBuilder With(CanaryPolicy policy)
    {
        Policy = policy;
        return this;
    }
}
