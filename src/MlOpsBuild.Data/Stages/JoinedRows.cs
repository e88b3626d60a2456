namespace MlOpsBuild.Data.Stages;

/// <summary>What the join of a pipeline's rows with its feature views gave.</summary>
/// <param name="Views">View by view.</param>
public sealed record JoinedRows(IReadOnlyList<JoinTally> Views);
