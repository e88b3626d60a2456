using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Stands before every promotion on an environment: looks at what is known, decides, and writes a denied act down.</summary>
/// <param name="store">The store.</param>
/// <param name="policy">The environment's policy.</param>
/// <param name="identity">Who wants to promote.</param>
/// <param name="roles">Reads who has which role.</param>
/// <param name="lacks">Looks what a version lacks, by what is required.</param>
/// <param name="time">The clock.</param>
public sealed class PromotionGuard(
    MlOpsStore store, EnvironmentPolicy policy, Identity identity, Func<Roles> roles,
    Func<ModelVersion, CancellationToken, Task<IReadOnlyDictionary<VersionRequirement, string>>> lacks, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Dictionary<Digest, IReadOnlyDictionary<VersionRequirement, string>> _lacks = [];

    /// <summary>Fetches what the team said meanwhile; null where there is no team.</summary>
    public Func<CancellationToken, Task>? Refresh { get; init; }

    /// <summary>Fetches it, and waits no longer than a canary's lease lets it: a team that does not answer has said nothing new.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (Refresh == null)
        {
            return;
        }

        using var hurry = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hurry.Token);
        try
        {
            await Refresh(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is here counts.
        }
    }

    /// <summary>Everything that speaks against promoting <paramref name="version"/> now; empty when it is allowed.</summary>
    public async Task<IReadOnlyList<Finding>> DenialsAsync(string pipeline, ModelVersion version, CancellationToken cancellationToken)
    {
        var registry = store.Versions(pipeline);
        return PromotionCheck.DenialsOf(policy, new(pipeline, version.Number, time.GetUtcNow(), identity, roles())
        {
            Maker = VersionMaker.Of(
                version, await store.Runs.FindAsync(version.Run, cancellationToken), store.Trust.Keys.Demands),
            Approvals = await new ApprovalStore(store).OfAsync(pipeline, policy.Environment, version.Bundle, cancellationToken),
            LastRollback = (await registry.HistoryAsync(EnvironmentAlias.Of(policy.Environment), cancellationToken))
                .LastOrDefault(move => move.Kind == AliasMoveKind.Rollback),
            Lacks = await LacksAsync(version, cancellationToken),
        });
    }

    /// <summary>The same, written into the audit log when it is denied; and that it could not be, where it could not.</summary>
    public async Task<IReadOnlyList<Finding>> AskAsync(string pipeline, ModelVersion version, CancellationToken cancellationToken)
    {
        var denials = await DenialsAsync(pipeline, version, cancellationToken);
        return denials.Count == 0 ? denials : await new DeniedAct(store, identity).WriteAsync(
            "deploy", $"{pipeline}/{policy.Environment}", version.Number, denials, cancellationToken);
    }

    // What a version is does not change while it is tried, and a code host takes its time to say.
    private async Task<IReadOnlyDictionary<VersionRequirement, string>> LacksAsync(
        ModelVersion version, CancellationToken cancellationToken) =>
        _lacks.TryGetValue(version.Bundle, out var known) ? known : _lacks[version.Bundle] = await lacks(version, cancellationToken);
}
