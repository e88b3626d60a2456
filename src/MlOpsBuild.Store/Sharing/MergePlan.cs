using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing;

/// <summary>What taking over the team's facts will do.</summary>
/// <param name="Files">Files to write, or to take away where there is no content.</param>
/// <param name="Received">How many of them are new here.</param>
/// <param name="Renumbered">Versions of this machine that get another number.</param>
/// <param name="Refused">Alias moves of this machine that came too late.</param>
/// <param name="Missing">Facts that could not be fetched: nothing is agreed on until they are.</param>
/// <param name="Damaged">Facts that cannot be read on the branch either: only told.</param>
internal sealed record MergePlan(
    IReadOnlyList<JournaledFile> Files, int Received, IReadOnlyList<Renumbered> Renumbered, IReadOnlyList<RefusedMove> Refused,
    IReadOnlyList<Finding> Missing, IReadOnlyList<Finding> Damaged);
