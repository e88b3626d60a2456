using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>What is known when somebody wants to promote a version.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Now">The time.</param>
/// <param name="Identity">Who wants it.</param>
/// <param name="Roles">Who has which role.</param>
public sealed record PromotionFacts(string Pipeline, int Version, DateTimeOffset Now, Identity Identity, Roles Roles)
{
    /// <summary>Who made the version.</summary>
    public VersionMaker Maker { get; init; } = VersionMaker.Unknown;

    /// <summary>Approvals of the version here, oldest first.</summary>
    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>The last time that a version was rolled back here; null when none was.</summary>
    public AliasMove? LastRollback { get; init; }

    /// <summary>What the version lacks, by what is required; a requirement that is not named is met.</summary>
    public IReadOnlyDictionary<VersionRequirement, string> Lacks { get; init; } = new Dictionary<VersionRequirement, string>();
}
