using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Who may change what serves on an environment, when, and which versions.</summary>
public sealed record EnvironmentPolicy
{
    private EnvironmentPolicy(string environment) => Environment = environment;

    /// <summary>The environment, for example <c>local</c>.</summary>
    public string Environment { get; }

    /// <summary>Who may let a version take over.</summary>
    /// <value>Anyone.</value>
    public IReadOnlyList<Who> Promoters { get; internal init; } = [Who.Anyone];

    /// <summary>Who may put the version before back, withdraw a canary, or end what serves.</summary>
    /// <value>Anyone.</value>
    public IReadOnlyList<Who> RollbackBy { get; internal init; } = [Who.Anyone];

    /// <summary>Who must agree first.</summary>
    /// <value>null: nobody.</value>
    public ApprovalRule? Approval { get; internal init; }

    /// <summary>Times in which nothing is promoted.</summary>
    public IReadOnlyList<FreezeWindow> Freezes { get; internal init; } = [];

    /// <summary>How long nothing is promoted after a version was rolled back.</summary>
    /// <value>Zero.</value>
    public TimeSpan QuietAfterRollback { get; internal init; }

    /// <summary>What a version must have.</summary>
    public IReadOnlyList<VersionRequirement> Requirements { get; internal init; } = [];

    /// <summary>Declares the policy of <paramref name="environment"/>.</summary>
    /// <exception cref="UsageException">It contradicts itself; every problem of it.</exception>
    public static EnvironmentPolicy On(string environment, Action<EnvironmentPolicyBuilder> declare)
    {
        var builder = new EnvironmentPolicyBuilder(new(environment));
        declare(builder);
        return builder.Findings.Count == 0
            ? builder.Policy
            : throw new UsageException($"The policy of {environment} is not usable", builder.Findings);
    }

    /// <summary>In words, a line each; empty where nothing is asked.</summary>
    /// <param name="roles">Who has which role.</param>
    /// <param name="now">The time, for freezes.</param>
    public IEnumerable<string> Describe(Roles roles, DateTimeOffset now)
    {
        if (!Promoters.Contains(Who.Anyone))
        {
            yield return $"promoted by {roles.Describe(Promoters)}";
        }

        if (!RollbackBy.Contains(Who.Anyone))
        {
            yield return $"rolled back by {roles.Describe(RollbackBy)}";
        }

        if (Approval is { } rule)
        {
            yield return FormattableString.Invariant(
                $"approved by {rule.Count} of {roles.Describe(rule.By)}, for {rule.ValidFor.TotalDays:0.#} days");
        }

        foreach (var freeze in Freezes)
        {
            if (!freeze.HasClock)
            {
                yield return $"frozen as long as nobody here knows the clock of {freeze.Zone} ({freeze.Why})";
            }
            else if (freeze.EndAt(now) is { } end)
            {
                yield return $"frozen {freeze.Describe(end)}";
            }
        }

        if (QuietAfterRollback > TimeSpan.Zero)
        {
            yield return FormattableString.Invariant($"quiet for {QuietAfterRollback.TotalMinutes:0} minutes after a rollback");
        }

        if (Requirements.Count > 0)
        {
            yield return $"a version needs: {string.Join(", ", Requirements)}";
        }
    }
}
