using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Keeps rehearsals and what really serves apart. The routes themselves say whose they are: a record may be gone, or be the team's, and
/// the gateway writes routes when no build lives.
/// </summary>
internal sealed class RehearsedRoutes(IEnvironment environment)
{
    /// <summary>Refuses a rehearsal where something really serves, or will as soon as its gateway is back.</summary>
    /// <exception cref="UsageException">Something does.</exception>
    public async Task RequireNoOthersAsync(DeploymentRequest request, CancellationToken cancellationToken)
    {
        if (!request.MovesAliases
            && await environment.KeptRoutesAsync(cancellationToken) is { Rehearsed: false, Baseline: { } serving })
        {
            throw new UsageException(new Finding(
                "MLB5041", "A rehearsal ends with its build, and what serves here would end with it",
                $"{request.Pipeline}/{environment.Name}", $"v{serving.Version}", "an environment in which nothing serves",
                "deploy for real with --keep-serving, or let another machine rehearse; ./build.sh Stop ends what serves"));
        }
    }

    /// <summary>Ends what a rehearsal left behind whose build was cut short. The caller holds the lock on traffic.</summary>
    public async Task EndLeftoverAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (await environment.KeptRoutesAsync(cancellationToken) is { Rehearsed: true })
        {
            progress.Report("a rehearsal was left over from a build that was cut short; it is ended");
            await environment.StopAllAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Ends a rehearsal; whoever rolled back meanwhile made it real, and that serves on. The caller holds the lock on traffic.
    /// </summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (await environment.KeptRoutesAsync(cancellationToken) is null or { Rehearsed: true } or { Baseline: null })
        {
            await environment.StopAllAsync(cancellationToken);
        }
    }
}
