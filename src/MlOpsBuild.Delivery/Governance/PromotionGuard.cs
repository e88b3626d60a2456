using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Stands before every promotion on an environment: looks at what is known, decides, and writes a denied act down.</summary>
/// <param name="store">The store.</param>
/// <param name="policy">The environment's policy.</param>
/// <param name="identity">Who wants to promote.</param>
/// <param name="roles">Who has which role.</param>
/// <param name="lacks">Looks what a version lacks, by what is required.</param>
/// <param name="time">The clock.</param>
public sealed class PromotionGuard(
    MlOpsStore store, EnvironmentPolicy policy, Identity identity, Roles roles,
    Func<ModelVersion, CancellationToken, Task<IReadOnlyDictionary<VersionRequirement, string>>> lacks, TimeProvider time)
{
    /// <summary>Everything that speaks against promoting <paramref name="version"/> now; empty when it is allowed.</summary>
    public async Task<IReadOnlyList<Finding>> DenialsAsync(string pipeline, ModelVersion version, CancellationToken cancellationToken)
    {
        var registry = store.Versions(pipeline);
        return PromotionCheck.DenialsOf(policy, new(pipeline, version.Number, time.GetUtcNow(), identity, roles)
        {
            Maker = VersionMaker.Of(
                version, await store.Runs.FindAsync(version.Run, cancellationToken), store.Trust.Keys.Demands),
            Approvals = await new ApprovalStore(store).OfAsync(pipeline, policy.Environment, version.Bundle, cancellationToken),
            LastRollback = (await registry.HistoryAsync(EnvironmentAlias.Of(policy.Environment), cancellationToken))
                .LastOrDefault(move => move.Kind == AliasMoveKind.Rollback),
            Lacks = await lacks(version, cancellationToken),
        });
    }

    /// <summary>The same, written into the audit log when it is denied; and that it could not be, where it could not.</summary>
    public async Task<IReadOnlyList<Finding>> AskAsync(string pipeline, ModelVersion version, CancellationToken cancellationToken)
    {
        var denials = await DenialsAsync(pipeline, version, cancellationToken);
        return denials.Count == 0 ? denials : await new DeniedAct(store, identity).WriteAsync(
            "deploy", $"{pipeline}/{policy.Environment}", version.Number, denials, cancellationToken);
    }
}
