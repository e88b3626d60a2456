using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing;

/// <summary>What taking over the team's facts did.</summary>
internal sealed record MergeResult(int Received, IReadOnlyList<Renumbered> Renumbered, IReadOnlyList<RefusedMove> Refused, IReadOnlyList<Finding> Findings)
{
    public static MergeResult None { get; } = new(0, [], [], []);
}
