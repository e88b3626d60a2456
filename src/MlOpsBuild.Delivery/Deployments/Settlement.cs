using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Finishes or undoes what a build that ended in the middle had begun, and says so: a decision to take a version away is always finished,
/// one to put a version in place only when it had traffic already.
/// </summary>
public sealed class Settlement(MlOpsStore store, string pipeline, IEnvironment environment, TimeProvider time)
{
    private readonly TrafficChange _changes = new(store, pipeline, environment.Name, time);

    /// <summary>What is open, in words; null when nothing is. Looks only.</summary>
    public async Task<string?> OpenAsync(Observation observed, CancellationToken cancellationToken) =>
        await FindAsync(observed, cancellationToken) is var (change, _) && change != null
            ? $"{Words(change)} was begun by {change.Actor} and not finished ({change.Reason}); the next Deploy or Rollback settles it"
            : null;

    /// <summary>Settles it; whether there was anything to settle. The caller holds the lock on traffic.</summary>
    public async Task<bool> SettleAsync(Observation observed, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (change, moved) = await FindAsync(observed, cancellationToken);
        if (change == null)
        {
            return false;
        }

        var putsInPlace = change.Kind == RouteChangeKind.Promote;
        if (putsInPlace && !moved)
        {
            _changes.Close();
            await store.Audit.AppendAsync(
                change.Actor, "undone", $"{pipeline}/{environment.Name}", "the build that decided it ended before traffic moved",
                new(StringComparer.Ordinal)
                {
                    ["change"] = change.Id, ["from"] = TrafficChange.Name(change.From), ["to"] = TrafficChange.Name(change.To)
                },
                cancellationToken);
            progress.Report($"{Words(change)} had been decided, but its build ended before traffic moved: undone, {TrafficChange.Name(change.From)} stays");
            return true;
        }

        if (!moved)
        {
            await MoveAsync(change, observed, cancellationToken);
        }

        await _changes.RecordAsync(change, null, cancellationToken);
        progress.Report($"{Words(change)} by {change.Actor} had been cut short ({change.Reason}): finished");
        return true;
    }

    private static string Words(RouteChange change) => change.Kind switch
    {
        RouteChangeKind.Promote => $"the promotion of {TrafficChange.Name(change.To)}",
        RouteChangeKind.Withdraw => $"the withdrawal of {TrafficChange.Name(change.From)}",
        _ => $"the rollback from {TrafficChange.Name(change.From)} to {TrafficChange.Name(change.To)}",
    };

    private async Task<(RouteChange? Change, bool Moved)> FindAsync(Observation observed, CancellationToken cancellationToken)
    {
        // A gateway that died has left its routes behind.
        var inForce = (observed.Routes ?? await environment.KeptRoutesAsync(cancellationToken))?.Change;
        if (_changes.Open() is { } intent)
        {
            return (intent, inForce?.Id == intent.Id);
        }

        return inForce is { Kind: RouteChangeKind.Promote or RouteChangeKind.Rollback or RouteChangeKind.Withdraw }
            && !await _changes.IsRecordedAsync(inForce, cancellationToken)
            ? (inForce, true)
            : (null, false);
    }

    private async Task MoveAsync(RouteChange change, Observation observed, CancellationToken cancellationToken)
    {
        var move = new RollbackMove(environment);
        if (change.Kind == RouteChangeKind.Withdraw)
        {
            var isThere = observed.Routes is { Canary: not null } or { Experiment: not null };
            await (!isThere ? Task.CompletedTask : move.WithdrawAsync(change, cancellationToken));
            return;
        }

        var target = (change.To is { } number ? await store.Versions(pipeline).FindAsync(number, cancellationToken) : null)
            ?? throw new StageFailedException(new Finding(
                "MLB5011", "The version to go back to is not known", pipeline, TrafficChange.Name(change.To), "a registered version",
                "./build.sh Doctor"));
        var model = await ServedModel.OfAsync(store, target, cancellationToken);
        await move.ToAsync(target.Number, model, change, observed, 0, 1, cancellationToken);
    }
}
