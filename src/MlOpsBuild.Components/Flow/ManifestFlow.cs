using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Kubernetes;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Versions;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Version → manifests for a cluster.</summary>
internal static class ManifestFlow
{
    private const string KServe = "kserve";
    private const string Argo = "argo-rollouts";

    // Tokens are made by a deployment and are in no file: applied over those of a gateway that runs, others would end it.
    private const string WithoutSecret =
        "# Without the gateway's Secret, which the first ./build.sh Deploy --environment kubernetes makes: pods wait for it.\n";

    /// <summary>For whom manifests are written.</summary>
    public static readonly IReadOnlyList<string> Readers = [KubernetesEnvironment.Name, KServe, Argo];

    /// <summary>Writes them.</summary>
    /// <param name="session">The session.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="policy">Its canary.</param>
    /// <param name="number">The version; null for what serves, else the newest.</param>
    /// <param name="choices">For whom, and where to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WriteAsync(
        RunSession session, string pipeline, CanaryPolicy policy, int? number, ManifestChoices choices, CancellationToken cancellationToken)
    {
        var version = await ExportFlow.VersionAsync(session, pipeline, number, cancellationToken);
        var settings = session.Cluster.Settings;
        var text = choices.Reader switch
        {
            KServe => await KServeAsync(session, pipeline, policy, version, cancellationToken),
            Argo => ClusterManifests.ArgoRollouts(
                await OfAsync(session, pipeline, version, cancellationToken), policy.Steps, policy.ToleratedRate, choices.Prometheus,
                    settings),
            _ => WithoutSecret + await KubernetesAsync(session, pipeline, version, withSecrets: false, cancellationToken),
        };
        var path = choices.To
            ?? Path.Combine(session.Store.Folder, "exports", Invariant($"{pipeline}-v{version.Number}-{choices.Reader}.yaml"));
        await AtomicFile.WriteAsync(path, System.Text.Encoding.UTF8.GetBytes(text), cancellationToken);
        session.Output.Line(Invariant($"{pipeline} v{version.Number} for {choices.Reader}: {session.Named(path)}"));
        if (session.Cluster.Registry == null)
        {
            session.Output.Warn("images are named REGISTRY/…: --registry HOST/REPOSITORY says where nodes pull from, Push sends them there");
        }

        if (choices.Reader == Argo)
        {
            session.Output.Warn("Argo Rollouts sees errors only; losses and labels are judged by Deploy --environment kubernetes alone");
        }
    }

    /// <summary>What <c>Deploy --environment kubernetes</c> applies for a first version.</summary>
    public static async Task<string> KubernetesAsync(
        RunSession session, string pipeline, ModelVersion version, bool withSecrets, CancellationToken cancellationToken) =>
        ClusterManifests.Kubernetes(
            await OfAsync(session, pipeline, version, cancellationToken),
            ClusterImages.Of(session, pipeline, null).Owner ?? ImageName.RepositoryOf(pipeline), session.Cluster.Settings, withSecrets);

    // The canary is the version that was asked for, where another one serves.
    private static async Task<string> KServeAsync(
        RunSession session, string pipeline, CanaryPolicy policy, ModelVersion version, CancellationToken cancellationToken)
    {
        var champion = await session.ChampionAsync(pipeline, cancellationToken) ?? version;
        return ClusterManifests.KServe(
            await OfAsync(session, pipeline, champion, cancellationToken),
            champion.Number == version.Number ? null : await OfAsync(session, pipeline, version, cancellationToken), policy.Steps[0],
            session.Cluster.Settings);
    }

    private static async Task<ClusterVersion> OfAsync(
        RunSession session, string pipeline, ModelVersion version, CancellationToken cancellationToken)
    {
        var image = await VersionImage.FindAsync(session.Store, pipeline, version.Number, cancellationToken);
        var model = await ServedModel.OfAsync(session.Store, version, cancellationToken);
        return ClusterVersion.Of(pipeline, version.Number, ClusterImages.Named(session, pipeline, image), model);
    }
}
