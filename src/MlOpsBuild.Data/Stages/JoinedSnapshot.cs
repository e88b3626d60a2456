using MlOpsBuild.Core;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Views;

namespace MlOpsBuild.Data.Stages;

/// <summary>A feature view with the snapshot of its rows.</summary>
/// <param name="Join">The view, and what is taken of it.</param>
/// <param name="Snapshot">Its rows.</param>
public sealed record JoinedSnapshot(ViewJoin Join, SnapshotFiles Snapshot)
{
    private static readonly DataSource Anywhere = DataSource.Files("");

    /// <summary>The parts of a stage key that say which values these are; where they were read is none.</summary>
    internal IEnumerable<StageInput> Key =>
    [
        .. Snapshot.Key.Select(part => part with { Name = $"{Join.View.Name} {part.Name}" }),
        StageInput.Of($"view {Join.View.Name}", Join with { View = Join.View with { Source = Anywhere } }),
    ];

    /// <summary>The view's rows.</summary>
    /// <exception cref="StageFailedException">They break the view's contract.</exception>
    public async Task<ViewRows> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await Snapshot.ReadAsync(Join.View.Contract, null, cancellationToken);
        return read.Table is { } table ? ViewRows.Of(Join.View, table)
            : throw new StageFailedException(
                $"The rows of the feature view {Join.View.Name} break their contract", read.Findings,
                read.Unreadable ? Verdict.Error : Verdict.Failed);
    }
}
