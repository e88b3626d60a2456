namespace MlOpsBuild.Delivery.Governance;

/// <summary>How many must agree before a version is promoted.</summary>
/// <param name="Count">How many different people, from 1.</param>
/// <param name="By">Whose agreement counts.</param>
/// <param name="ValidFor">How long an approval holds.</param>
/// <param name="OwnCounts">Whether whoever made the version may approve it.</param>
public sealed record ApprovalRule(int Count, IReadOnlyList<Who> By, TimeSpan ValidFor, bool OwnCounts)
{
    /// <summary>
    /// Keys that sign for others: of a build server, or of a machine that several people use. Where keys are demanded every other key signs
    /// for its owner alone.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlyList<Who> VouchedBy { get; init; } = [];

    /// <summary>How long an approval holds where no policy says so.</summary>
    /// <value>Seven days.</value>
    public static TimeSpan UsualValidity { get; } = TimeSpan.FromDays(7);
}
