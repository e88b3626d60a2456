using System.Globalization;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Which versions a canary or a person refused on an environment, and why.</summary>
internal sealed class Refusals(MlOpsStore store, string pipeline, string environment)
{
    /// <summary>Why <paramref name="version"/> is not to go out again, or null.</summary>
    public async Task<string?> OfAsync(int version, CancellationToken cancellationToken)
    {
        var left = (await store.Versions(pipeline).HistoryAsync(EnvironmentAlias.Of(environment), cancellationToken))
            .LastOrDefault(move => (move.Kind == AliasMoveKind.Rollback && move.From == version)
                || (move.Kind == AliasMoveKind.Promote && move.To == version));
        var deployments = new DeploymentStore(store);
        var tried = (await deployments.OfAsync(pipeline, cancellationToken))
            .FirstOrDefault(record => record.Version == version && record.Environment == environment && deployments.Believes(record)
                && record is not { Rehearsed: true, PutInPlace: true }
                && record is { Fault: null, Outcome: DeploymentOutcome.RolledBack or DeploymentOutcome.Withdrawn
                    or DeploymentOutcome.Promoted or DeploymentOutcome.FirstServed });
        if (left is { Kind: AliasMoveKind.Rollback } && !(tried is { PutInPlace: true } && tried.Started > left.At))
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"v{version} was rolled back on {left.At:yyyy-MM-dd HH:mm} by {left.Actor}: {left.Reason}");
        }

        return tried is { PutInPlace: false } && !(left is { Kind: AliasMoveKind.Promote } && left.At > tried.Started)
            ? string.Create(CultureInfo.InvariantCulture, $"v{version} was {(tried.Outcome == DeploymentOutcome.RolledBack ? "refused by its canary" : "withdrawn")} on {tried.Started:yyyy-MM-dd HH:mm}: {tried.Reason}")
            : null;
    }
}
