using MlOpsBuild.Components.Flow;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components;

/// <summary>Maintains what the build keeps and runs.</summary>
public interface IMaintainStore : IHazSession, IHazDryRun
{
    /// <summary>Ends what serves.</summary>
    Target Stop => _ => _
        .Description("Ends what serves: the processes of local, the containers, network and volume of docker")
        .Executes(this, (session, ct) => InspectionFlow.StopAsync(session, (this as IHazPipelines)?.Pipeline, ct), pulls: true);

    /// <summary>Packs the team's audit log.</summary>
    [Parameter("With Sync: makes one file of every thousand audit entries on the team's branch; older programs are refused from then on")]
    [ReadBy(nameof(Sync))]
    bool? PackAudit => TryGetValue<bool?>(() => PackAudit);

    /// <summary>Looks without changing.</summary>
    [Parameter("With Sync: shows both sides and changes neither", Name = "status")]
    [ReadBy(nameof(Sync))]
    bool? StatusOnly => TryGetValue<bool?>(() => StatusOnly);

    /// <summary>What Prune keeps.</summary>
    [Parameter("With Prune: the newest runs and versions of each pipeline (20) and what is younger (90d); several")]
    [ReadBy(nameof(Prune))]
    string[]? Keep => TryGetValue(() => Keep);

    /// <summary>Makes a pair of keys.</summary>
    Target Keys => _ => _
        .Description("Makes a pair of keys: the public one into .nuke/keys, the private one for MLOPS_SIGNING_KEY; from then on only signed versions and decisions are acted upon")
        .Executes(this, MaintenanceFlow.MakeKeysAsync, pulls: false);

    /// <summary>Brings this machine and the team's state into step.</summary>
    Target Sync => _ => _
        .Description("Shares what is not shared yet and takes over the team's facts; --status shows both sides")
        .Example("Sync --status", "what only this side, or only the team, has")
        .Example("Sync --pack-audit", "a branch with many audit entries, made small")
        .Executes(
            this, (session, ct) => MaintenanceFlow.SyncAsync(session, StatusOnly ?? false, PackAudit ?? false, ct),
            pulls: StatusOnly != true);

    /// <summary>Brings an MLflow server into step with the store.</summary>
    Target Mirror => _ => _
        .Description("Compares all runs, versions and aliases with the MLflow server that --mlflow names and sends what it lacks; other targets send only what they did, when they have ended")
        .Example("Mirror --mlflow https://mlflow.example.org", "the whole history, for a server that is new or was away")
        .TryAfter<IReport>(build => build.Report)
        .TryAfter<IRollBack>(build => build.Rollback)
        .Executes(this, (session, ct) => MirrorFlow.MirrorAsync(session, TargetDefinitions.Picked(this), ct), pulls: true);

    /// <summary>Examines the store and repairs what can be repaired without loss.</summary>
    Target Doctor => _ => _
        .Description("Examines the store (digests, references, audit chain, clocks, locks) and repairs what can be repaired without loss")
        .Example("Doctor --dry-run", "only looks")
        .Executes(this, (session, ct) => MaintenanceFlow.ExamineAsync(session, DryRun ?? false, ct), pulls: DryRun != true);

    /// <summary>Takes away what is no longer needed.</summary>
    Target Prune => _ => _
        .Description("Takes away what --keep does not keep; never what an alias, an environment or an audit entry names")
        .Example("Prune --keep 50 90d --dry-run", "what would go")
        .RequiresOf(this, () => Keep is { Length: > 0 }, "needs --keep")
        .Executes(this, (session, ct) => MaintenanceFlow.PruneAsync(session, Keep!, DryRun ?? false, ct), pulls: DryRun != true);

    /// <summary>Proves that no entry of the audit log was changed, moved or taken out of its middle.</summary>
    Target VerifyAudit => _ => _
        .Description("Proves that no entry of the audit log was changed, moved or taken out (an end cut off is not noticed)")
        .Executes(this, async (session, ct) =>
        {
            var (entries, findings) = await session.Store.Audit.ExamineAsync(_ => { }, ct);
            if (findings.Count > 0)
            {
                throw new StageFailedException("The audit log was changed", findings, Verdict.Failed);
            }

            session.Output.Good($"the audit chain holds: {entries} entries");
        }, pulls: true);
}
