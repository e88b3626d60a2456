using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Carries out a change of traffic: intent, move, outcome. The gateway keeps the change with its routes, so that a decision whose outcome
/// could not be written (a killed build, a full disk) is still known.
/// </summary>
internal sealed class TrafficChange(
    MlOpsStore store, string pipeline, string environment, TimeProvider time, IProgress<TrafficStep>? steps = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly IntentFile _intent = new(store, pipeline, environment);

    /// <summary>The intent that is under way, or null.</summary>
    public RouteChange? Open() => _intent.Read();

    /// <summary>Writes the intent.</summary>
    public async Task BeginAsync(RouteChange intent, CancellationToken cancellationToken)
    {
        await _intent.WriteAsync(intent, cancellationToken);
        steps?.Report(TrafficStep.IntentWritten);
    }

    /// <summary>Says that traffic has moved.</summary>
    public void Moved() => steps?.Report(TrafficStep.TrafficMoved);

    /// <summary>Gives the intent up, or calls it done.</summary>
    public void Close()
    {
        _intent.Close();
        steps?.Report(TrafficStep.IntentClosed);
    }

    /// <summary>Orders whoever changes traffic; held for moments only. A rollback does not wait for one that hangs.</summary>
    public Task<IDisposable> LockAsync(CancellationToken cancellationToken, TimeSpan? patience = null) =>
        store.LockAsync($"traffic-{pipeline}-{environment}", patience ?? Patience, cancellationToken);

    /// <summary>A new change, with a name of its own.</summary>
    public RouteChange Decide(RouteChangeKind kind, int? from, int? to, string actor, string reason, string? deployment)
    {
        var now = time.GetUtcNow();
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'.'fffffff'Z'}-{kind}-{store.Origin}"), kind,
            from, to, actor, reason, now, deployment);
    }

    /// <summary>Writes what came of it, each part once, however often this is tried; closes the intent.</summary>
    /// <exception cref="StageFailedException">The alias was moved by somebody else meanwhile.</exception>
    public async Task RecordAsync(RouteChange change, TimeSpan? took, CancellationToken cancellationToken)
    {
        await MoveAliasAsync(change, cancellationToken);
        if (change is { Kind: RouteChangeKind.Promote or RouteChangeKind.Rollback, To: { } to }
            && await store.Versions(pipeline).FindAsync(to, cancellationToken) is { } serving)
        {
            await ServedHere.AddAsync(store, environment, serving.Bundle, cancellationToken);
        }

        steps?.Report(TrafficStep.AliasMoved);
        await EndDeploymentAsync(change, cancellationToken);
        await new ExperimentStore(store).EndAsync(change, cancellationToken);
        steps?.Report(TrafficStep.DeploymentEnded);
        if (!await IsRecordedAsync(change, cancellationToken))
        {
            var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["change"] = change.Id, ["from"] = Name(change.From), ["to"] = Name(change.To)
            };
            if (took is { } time)
            {
                details["milliseconds"] = time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
            }

            if (change.Deployment is { } deployment)
            {
                details["deployment"] = deployment;
            }

            await store.Audit.AppendAsync(
                change.Actor, Action(change.Kind), $"{pipeline}/{environment}", change.Reason, details, cancellationToken);
        }

        steps?.Report(TrafficStep.Audited);
        Close();
    }

    /// <summary>Whether the audit log knows of it.</summary>
    public async Task<bool> IsRecordedAsync(RouteChange change, CancellationToken cancellationToken) =>
        await store.Audit.NewestAsync(
            change.Id, entry => entry.Details.GetValueOrDefault("change") == change.Id, cancellationToken) != null;

    internal static string Name(int? version) => version is { } number ? $"v{number.ToString(CultureInfo.InvariantCulture)}" : "nothing";

    private static string Action(RouteChangeKind kind) => kind == RouteChangeKind.Promote ? "deploy" : kind.ToString().ToLowerInvariant();

    private async Task MoveAliasAsync(RouteChange change, CancellationToken cancellationToken)
    {
        var (registry, alias) = (store.Versions(pipeline), EnvironmentAlias.Of(environment));
        if (change.Kind is RouteChangeKind.Promote or RouteChangeKind.Rollback
            && (await registry.ResolveAsync(alias, cancellationToken))?.Number != change.To)
        {
            var kind = change.Kind == RouteChangeKind.Promote ? AliasMoveKind.Promote : AliasMoveKind.Rollback;
            await registry.MoveAsync(alias, change.From, change.To, kind, change.Actor, change.Reason, cancellationToken);
        }
    }

    private async Task EndDeploymentAsync(RouteChange change, CancellationToken cancellationToken)
    {
        var deployments = new DeploymentStore(store);
        if (change.Deployment is not { } id || await deployments.FindAsync(id, cancellationToken) is not { } record)
        {
            return;
        }

        var outcome = change.Kind switch
        {
            RouteChangeKind.Promote => change.From == null ? DeploymentOutcome.FirstServed : DeploymentOutcome.Promoted,
            RouteChangeKind.Withdraw => DeploymentOutcome.Withdrawn,
            _ => record.Outcome,
        };
        if (record.Outcome != outcome)
        {
            await deployments.SaveAsync(
                record with { Outcome = outcome, Reason = change.Reason, Ended = time.GetUtcNow() }, cancellationToken);
        }
    }
}
