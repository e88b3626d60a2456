using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Views;

namespace MlOpsBuild.Data.Stages;

/// <summary>What the join stage reads.</summary>
/// <param name="Snapshot">The rows.</param>
/// <param name="Contract">What they promise; its times are the moments of the join.</param>
/// <param name="Views">The feature views, in the order of their declaration.</param>
public sealed record JoinInput(SnapshotFiles Snapshot, DataContract Contract, IReadOnlyList<JoinedSnapshot> Views)
{
    /// <summary>Every column that is joined.</summary>
    internal IEnumerable<string> Columns => Views.SelectMany(view => view.Join.Taken.Columns).Select(column => column.Name);
}
