using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Differences;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Publishing;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Baselines;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Gathers what a report on a run is made of.</summary>
/// <param name="session">The session.</param>
/// <param name="run">The run.</param>
/// <param name="deployed">What this build deployed of it, if anything.</param>
internal sealed class ReportMaterial(RunSession session, RunRecord run, DeploymentRecord? deployed)
{
    private readonly MlOpsStore _store = session.Store;

    public async Task<ReportInput> GatherAsync(CodeHostContext? host, bool trainsMergeBase, CancellationToken cancellationToken)
    {
        var (baseline, others) = await BaselineAsync(host, trainsMergeBase, cancellationToken);
        var version = run.Champion is { } number ? await _store.Versions(run.Pipeline).FindAsync(number, cancellationToken) : null;
        var contract = run.Contract is { } digest ? await DocumentAsync<DataContract>(digest, cancellationToken) : null;
        var input = new ReportInput(
            run, (await DocumentAsync<Evidence>(run.Evidence!.Value, cancellationToken))!,
            run.Predictions is { } predictions ? await DocumentAsync<PredictionSet>(predictions, cancellationToken) : null,
            await DeploymentAsync(cancellationToken))
        {
            Baseline = baseline,
            Champion = version == null ? null : await _store.Runs.FindAsync(version.Run, cancellationToken),
            Serving = await ServingAsync(cancellationToken),
            Earlier = others,
            Data = await DataAsync(contract, version, baseline, cancellationToken),
            Contract = contract,
            Experiment = await ExperimentAsync(
                _store, run.Pipeline, session.NamedEnvironment ?? LocalEnvironment.Name, cancellationToken),
            Command = session.Command,
            Repository = host?.Repository,
            RunPage = host?.RunAddress,
        };
        return run.Source is { } now && input.ComparedRun?.Source is { } then
            ? input with { ChangedFiles = await now.FilesSinceAsync(then, session.Root, session.Environment, cancellationToken) }
            : input;
    }

    /// <summary>The newest A/B test, as it was last seen: a report looks at no log.</summary>
    public static async Task<ReportExperiment?> ExperimentAsync(
        MlOpsStore store, string pipeline, string environment, CancellationToken cancellationToken)
    {
        var records = new ExperimentStore(store);
        return await records.NewestAsync(pipeline, environment, cancellationToken) is { } record
            ? ReportExperiment.Of(record, await records.LastLookAsync(record, cancellationToken))
            : null;
    }

    private async Task<int?> ServingAsync(CancellationToken cancellationToken) =>
        (await _store.Versions(run.Pipeline)
            .ResolveAsync(EnvironmentAlias.Of(session.NamedEnvironment ?? LocalEnvironment.Name), cancellationToken))?.Number;

    private async Task<(ChangeBaseline Baseline, IReadOnlyList<RunRecord> Others)> BaselineAsync(
        CodeHostContext? host, bool trains, CancellationToken cancellationToken)
    {
        var locator = new BaselineLocator(session.Root, session.Environment, session.Time);
        var question = new BaselineQuestion(host?.BaseCommit, host?.TargetBranch);
        var others = await OthersAsync(cancellationToken);
        var baseline = await locator.FindAsync(run, others, question, cancellationToken);
        if (!trains || baseline is not { Run: null, Commit: { } commit } || commit == run.Source?.Commit)
        {
            return (baseline, others);
        }

        session.Output.Line($"testing {commit}, which the change starts from");
        if (await new MergeBaseBuild(_store, session.Root, session.Environment, session.Time)
            .RunAsync(commit, run, new LineProgress(session.Output), cancellationToken)
            is { } problem)
        {
            session.Output.Warn($"{commit} was not tested: {problem}");
            return (baseline, others);
        }

        others = await OthersAsync(cancellationToken);
        return (await locator.FindAsync(run, others, question, cancellationToken), others);
    }

    private async Task<IReadOnlyList<RunRecord>> OthersAsync(CancellationToken cancellationToken) =>
        [.. (await _store.Runs.OfAsync(run.Pipeline, cancellationToken)).Where(other => other.Evidence != null && other.Id != run.Id)];

    // A run that found its version serving tells how that version came to serve.
    private async Task<DeploymentRecord?> DeploymentAsync(CancellationToken cancellationToken)
    {
        var deployments = new DeploymentStore(_store);
        return deployed != null || run.Deployment is not { } id
            ? deployed
            : await deployments.FindAsync(id, cancellationToken)
                ?? (await deployments.OfAsync(run.Pipeline, cancellationToken))
                    .FirstOrDefault(record => record.Version == run.Version && record is { PutInPlace: true, Rehearsed: false });
    }

    // What serves comes first: its data are what the world has been promised.
    private async Task<ReportData?> DataAsync(
        DataContract? contract, ModelVersion? champion, ChangeBaseline baseline, CancellationToken cancellationToken)
    {
        if (champion != null)
        {
            var bundle = await Bundle.OpenAsync(_store, champion.Bundle, cancellationToken);
            return await CompareAsync(
                $"champion v{champion.Number}", bundle.Description.Data, bundle.DigestOf(BundlePart.Profile),
                bundle.DigestOf(BundlePart.Contract), contract, cancellationToken);
        }

        return (baseline.Run ?? baseline.LastOnBranch) is { Data: { } data } other
            ? await CompareAsync(
                baseline.Run != null ? "the merge base" : $"the last run on {baseline.Branch}", data, other.Profile, other.Contract,
                contract, cancellationToken)
            : null;
    }

    private async Task<ReportData> CompareAsync(
        string with, Digest data, Digest? profile, Digest? promised, DataContract? contract, CancellationToken cancellationToken)
    {
        var now = run.Profile is { } known ? await DocumentAsync<DataProfile>(known, cancellationToken) : null;
        var then = profile is { } theirs ? await DocumentAsync<DataProfile>(theirs, cancellationToken) : null;
        var promise = promised is { } digest ? await DocumentAsync<DataContract>(digest, cancellationToken) : null;
        return new(
            with, data == run.Data && promised == run.Contract,
            now != null && then != null && promise != null && contract != null
                ? DataDifference.Between((then, promise), (now, contract))
                : null);
    }

    private async Task<T?> DocumentAsync<T>(Digest digest, CancellationToken cancellationToken) where T : class =>
        await _store.Blobs.EnsureAsync(digest, cancellationToken)
            ? CanonicalJson.Deserialize<T>(await _store.Blobs.ReadAsync(digest, cancellationToken))
            : null;
}
