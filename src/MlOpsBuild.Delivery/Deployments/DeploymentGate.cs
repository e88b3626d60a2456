using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Which versions of a deployment the policy is asked about. What served here already is put back by whoever may start the build, and a
/// rehearsal touches nobody; but an alias is the team's: a version that it names may never have been asked about on this machine.
/// </summary>
internal sealed class DeploymentGate(MlOpsStore store, IEnvironment environment, PromotionGuard? guard)
{
    /// <summary>Everything that speaks against it; empty when it is allowed.</summary>
    public Task<IReadOnlyList<Finding>> DenialsAsync(
        DeploymentRequest request, ModelVersion? champion, CancellationToken cancellationToken) =>
        EachAsync(request, champion, version => guard!.DenialsAsync(request.Pipeline, version, cancellationToken), cancellationToken);

    /// <summary>Ends what is denied; it is in the audit log then.</summary>
    /// <exception cref="StageFailedException">It is denied.</exception>
    public async Task RequireAsync(DeploymentRequest request, ModelVersion? champion, CancellationToken cancellationToken)
    {
        if (await EachAsync(request, champion, version => guard!.AskAsync(request.Pipeline, version, cancellationToken), cancellationToken)
            is { Count: > 0 } denials)
        {
            throw DeniedAct.Denied(denials);
        }
    }

    /// <summary>The same of a version that has proved itself, before it takes over, with what the team said meanwhile.</summary>
    public async Task<IReadOnlyList<Finding>> AskOnceMoreAsync(DeploymentRequest request, CancellationToken cancellationToken)
    {
        if (guard == null || !request.MovesAliases)
        {
            return [];
        }

        await guard.RefreshAsync(cancellationToken);
        return await guard.AskAsync(request.Pipeline, request.Version, cancellationToken);
    }

    private async Task<IReadOnlyList<Finding>> EachAsync(
        DeploymentRequest request, ModelVersion? champion, Func<ModelVersion, Task<IReadOnlyList<Finding>>> ask,
        CancellationToken cancellationToken)
    {
        if (guard == null || !request.MovesAliases)
        {
            return [];
        }

        var denials = new List<Finding>();
        if (champion != null && !await HasServedAsync(champion, cancellationToken))
        {
            denials.AddRange(await ask(champion));
        }

        if (!request.Shadow && request.Tries(champion))
        {
            denials.AddRange(await ask(request.Version));
        }

        return denials;
    }

    private async Task<bool> HasServedAsync(ModelVersion version, CancellationToken cancellationToken) =>
        (await environment.KeptRoutesAsync(cancellationToken) is { Rehearsed: false, Baseline: { } serving }
            && serving.Version == version.Number)
        || ServedHere.Has(store, environment.Name, version.Bundle);
}
