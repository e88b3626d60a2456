using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;

namespace MlOpsBuild.Components.Flow;

/// <summary>Puts the policies of environments before what acts on them.</summary>
internal static class GovernanceFlow
{
    /// <summary>What stands before a promotion; null where no policy does.</summary>
    public static PromotionGuard? Guard(RunSession session, string pipeline, string environment) =>
        session.PolicyOf(environment) is not { } policy ? null : new(
            session.Store, policy, session.Identity, () => session.Roles,
            (version, token) => VersionLacks.OfAsync(session, pipeline, version, policy.Requirements, token), session.Time)
        {
            Refresh = session.Store.Team == null ? null : session.PullAsync,
        };

    /// <summary>Ends a rollback, or whatever ends what serves, of somebody who may not.</summary>
    /// <param name="session">The session.</param>
    /// <param name="act">What is wanted.</param>
    /// <param name="pipelines">Of which pipelines.</param>
    /// <param name="environment">Where.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StageFailedException">It is denied.</exception>
    public static async Task RequireRollbackAsync(
        RunSession session, string act, IReadOnlyList<string> pipelines, string environment, CancellationToken cancellationToken)
    {
        if (session.PolicyOf(environment) is not { } policy)
        {
            return;
        }

        // A file of roles that cannot be read holds nobody up who needs none.
        var identity = session.Identity;
        var roles = identity.IsAmong(policy.RollbackBy, Roles.None) ? Roles.None : session.Roles;
        foreach (var pipeline in pipelines)
        {
            if (PromotionCheck.DenialOfRollback(policy, pipeline, identity, roles) is { } denial)
            {
                await new DeniedAct(session.Store, identity)
                    .RefuseAsync(act, $"{pipeline}/{environment}", null, [denial], cancellationToken);
            }
        }
    }
}
