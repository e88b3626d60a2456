using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Components.Flow;

/// <summary>What was deployed or put back, for the host's own list of deployments.</summary>
internal static class HostDeployments
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A deployment that has ended.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="keeps">Whether it goes on serving; else it was a rehearsal.</param>
    /// <param name="commit">The commit the version was made from; null for the one being built.</param>
    public static DeploymentState Of(DeploymentRecord deployment, bool keeps, string? commit)
    {
        var verdict = DeploymentVerdict.Of(deployment.Outcome);
        return new(
            $"{deployment.Pipeline}/{deployment.Environment}", verdict == Verdict.Passed, verdict != Verdict.Inconclusive, !keeps,
            $"{(keeps ? "" : "rehearsal of ")}v{deployment.Version}: {deployment.Outcome}, {deployment.Reason}") { Commit = commit };
    }

    /// <summary>Lists what a rollback put back. It has happened: a host that does not answer is told of and waited for no longer.</summary>
    public static async Task TellAsync(
        RunSession session, string pipeline, string environment, RollbackResult result, string reason, CancellationToken cancellationToken)
    {
        if (session.CodeHost is not { } context || CodeHosts.Open(context, session.Time) is not { } host)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Patience, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var version = result.To is { } to ? await session.Store.Versions(pipeline).FindAsync(to, either.Token) : null;
            var commit = version == null ? null : (await session.Store.Runs.FindAsync(version.Run, either.Token))?.Source?.Commit;
            await host.DeployAsync(
                new(
                    $"{pipeline}/{environment}", true, true, false,
                    $"{(result.To is { } served ? $"v{served} serves again" : "nothing serves")} instead of v{result.From}: {reason}")
                {
                    Commit = commit
                },
                either.Token);
        }
        catch (Exception problem)
            when (problem is HostRefusedException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            session.Output.Warn($"{host.Name} does not list the rollback: {problem.Message}");
        }
    }
}
