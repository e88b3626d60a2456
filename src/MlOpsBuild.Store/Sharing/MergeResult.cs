using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing;

/// <summary>What taking over the team's facts did. Findings keep the merge from being agreed; damaged facts are only told.</summary>
internal sealed record MergeResult(int Received, IReadOnlyList<Renumbered> Renumbered, IReadOnlyList<RefusedMove> Refused, IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> Damaged);
